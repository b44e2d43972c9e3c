import type { Standing } from '../../src-shared/domain/outcome.ts';
import { STANDINGS } from '../../src-shared/domain/outcome.ts';
import type { DetectionFilter, View } from '../../src-shared/ipc/detections.ts';
import { dayAndMonth } from '../ui/format-time.ts';

/** When something last happened to a file. Days are local; a range holds both of its days, as `2026-11-09`. */
export type TimeSpan =
  | { readonly kind: 'any' }
  | { readonly kind: 'today' }
  | { readonly kind: 'days'; readonly days: 7 | 30 }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** What narrows the list, as the screen holds it. */
export interface ListFilter {
  readonly view: View;
  readonly text: string;
  readonly time: TimeSpan;
  readonly standings: readonly Standing[];
  readonly agentName: string | null;
}

export const ANY_TIME: TimeSpan = { kind: 'any' };
const DAY_MS = 24 * 60 * 60 * 1000;

export function emptyFilter(view: View): ListFilter {
  return { view, text: '', time: ANY_TIME, standings: [], agentName: null };
}

/** True when something beyond the view narrows the list. */
export function isNarrowed(filter: ListFilter): boolean {
  return (
    filter.text.trim() !== '' ||
    filter.time.kind !== 'any' ||
    filter.standings.length > 0 ||
    filter.agentName !== null
  );
}

/** The same as the contract asks it; `now` in epoch milliseconds settles "today" and "7 days". */
export function toContractFilter(filter: ListFilter, now: number): DetectionFilter {
  return {
    view: filter.view,
    text: filter.text.trim(),
    standings: [...filter.standings],
    agentName: filter.agentName,
    ...bounds(filter.time, now),
  };
}

function bounds(time: TimeSpan, now: number): { since: string | null; until: string | null } {
  switch (time.kind) {
    case 'any':
      return { since: null, until: null };
    case 'today':
      return { since: new Date(startOfDay(now)).toISOString(), until: null };
    case 'days':
      return { since: new Date(now - time.days * DAY_MS).toISOString(), until: null };
    case 'range':
      return { since: startOf(time.from), until: startOf(nextDay(time.to)) };
  }
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Local midnight at the start of `2026-11-09`; null for what is no day. */
function startOf(day: string): string | null {
  const date = new Date(`${day}T00:00:00`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  date.setDate(date.getDate() + 1);
  return dayText(date);
}

/** `2026-11-09` in local time: what a date field holds. */
export function dayText(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}

export function timeWords(time: TimeSpan): string {
  switch (time.kind) {
    case 'any':
      return 'Any time';
    case 'today':
      return 'Today';
    case 'days':
      return `Last ${time.days} days`;
    case 'range': {
      const from = dayAndMonth(`${time.from}T00:00:00`);
      const to = dayAndMonth(`${time.to}T00:00:00`);
      return from === to ? from : `${from} to ${to}`;
    }
  }
}

/** The standings that can narrow a view at all: a view of one standing has none. */
export function standingsWithin(view: View): readonly Standing[] {
  switch (view) {
    case 'everything':
      return STANDINGS;
    case 'to-triage':
      return ['malicious', 'suspicious'];
    case 'turned':
    case 'malicious':
    case 'suspicious':
    case 'no-records':
      return [];
  }
}

/** Another view keeps what narrows it, as far as it can apply there. */
export function withView(filter: ListFilter, view: View): ListFilter {
  const possible = standingsWithin(view);
  return { ...filter, view, standings: filter.standings.filter((standing) => possible.includes(standing)) };
}
