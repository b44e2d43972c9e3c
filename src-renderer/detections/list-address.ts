import { STANDINGS } from '../../src-shared/domain/outcome.ts';
import { VIEWS } from '../../src-shared/domain/triage.ts';
import { detectionsHref } from '../app/routes.ts';
import { ANY_TIME, emptyFilter, type ListFilter, type TimeSpan } from './list-filter.ts';

/** What the address of this screen says: how the list is narrowed, and whose drawer is open. */
export interface ListAddress {
  readonly filter: ListFilter;
  readonly fileId: number | null;
}

const RANGE = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** Reads the parameters; whatever is not understood narrows nothing. */
export function readAddress(params: URLSearchParams): ListAddress {
  const view = VIEWS.find((known) => known === params.get('view')) ?? 'everything';
  const outcomes = (params.get('outcome') ?? '').split(',');
  const fileId = Number(params.get('file') ?? Number.NaN);
  return {
    filter: {
      ...emptyFilter(view),
      text: params.get('text') ?? '',
      time: readTime(params.get('time')),
      standings: STANDINGS.filter((standing) => outcomes.includes(standing)),
      agentName: params.get('agent') || null,
    },
    fileId: Number.isSafeInteger(fileId) ? fileId : null,
  };
}

export function writeAddress({ filter, fileId }: ListAddress): string {
  const href = detectionsHref({
    view: filter.view,
    outcome: filter.standings,
    agent: filter.agentName ?? undefined,
    text: filter.text,
    file: fileId ?? undefined,
  });
  const time = writeTime(filter.time);
  return time ? `${href}${href.includes('?') ? '&' : '?'}time=${time}` : href;
}

function readTime(text: string | null): TimeSpan {
  if (text === 'today') return { kind: 'today' };
  if (text === '7' || text === '30') return { kind: 'days', days: text === '7' ? 7 : 30 };
  const [, from, to] = RANGE.exec(text ?? '') ?? [];
  return from && to && from <= to ? { kind: 'range', from, to } : ANY_TIME;
}

function writeTime(time: TimeSpan): string {
  switch (time.kind) {
    case 'any':
      return '';
    case 'today':
      return 'today';
    case 'days':
      return String(time.days);
    case 'range':
      return `${time.from}..${time.to}`;
  }
}
