import { SCAN_KINDS, SCAN_STATES, type ScanKind, type ScanState } from '../../../src-shared/domain/scan.ts';
import type { ScanFilter } from '../../../src-shared/ipc/scans.ts';
import type { ScansAddress } from '../../app/routes.ts';

/** How the history is narrowed, as its address says it. */
export interface HistoryFilter {
  readonly text: string;
  readonly states: readonly ScanState[];
  readonly kinds: readonly ScanKind[];
  readonly agent: { readonly profile: string; readonly agentId: string } | null;
  readonly order: number | null;
  readonly onlyAutomatic: boolean;
}

export const NO_FILTER: HistoryFilter = {
  text: '',
  states: [],
  kinds: [],
  agent: null,
  order: null,
  onlyAutomatic: false,
};

export function readFilter(params: URLSearchParams): HistoryFilter {
  const order = Number(params.get('of') ?? Number.NaN);
  return {
    text: params.get('text') ?? '',
    states: among(SCAN_STATES, params.get('state')),
    kinds: among(SCAN_KINDS, params.get('kind')),
    agent: readAgent(params.get('agent')),
    order: Number.isSafeInteger(order) ? order : null,
    onlyAutomatic: params.has('automatic'),
  };
}

function among<Word extends string>(words: readonly Word[], text: string | null): readonly Word[] {
  const asked = (text ?? '').split(',');
  return words.filter((word) => asked.includes(word));
}

/** `mgr-fra-1/007`: a profile's name has no slash, an agent's id neither. */
function readAgent(text: string | null): HistoryFilter['agent'] {
  const cut = text?.lastIndexOf('/') ?? -1;
  if (!text || cut < 1 || cut === text.length - 1) return null;
  return { profile: text.slice(0, cut), agentId: text.slice(cut + 1) };
}

export function addressOf(filter: HistoryFilter): ScansAddress {
  return { isAll: true, ...filter };
}

export function toContractFilter(filter: HistoryFilter): ScanFilter {
  const { text, states, kinds, agent, order, onlyAutomatic } = filter;
  return {
    profile: agent?.profile ?? null,
    agentId: agent?.agentId ?? null,
    kinds: [...kinds],
    states: [...states],
    orderId: order,
    text: text.trim(),
    onlyAutomatic,
  };
}

export function isNarrowed(filter: HistoryFilter): boolean {
  const { text, states, kinds, agent, order, onlyAutomatic } = filter;
  return (
    text.trim() !== '' ||
    states.length + kinds.length > 0 ||
    agent !== null ||
    order !== null ||
    onlyAutomatic
  );
}
