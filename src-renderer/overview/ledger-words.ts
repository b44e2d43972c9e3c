import { ledgerSum, type LedgerDetail, type LedgerStates } from '../../src-shared/domain/ledger.ts';
import type { NotLookableReason } from '../../src-shared/domain/exclusion.ts';
import { countOf, formatShare } from '../ui/format.ts';

export interface LedgerPart {
  readonly state: keyof LedgerStates;
  readonly name: string;
  readonly events: number;
  /** What stands behind the number. */
  readonly note: string;
}

/** The five states in the order of the bar. */
export function ledgerParts({
  states,
  queuedFiles,
  muteRules,
  reasons,
}: LedgerDetail): readonly LedgerPart[] {
  return [
    { state: 'answered', name: 'Looked up', events: states.answered, note: 'one per distinct file' },
    { state: 'fromStore', name: 'From the store', events: states.fromStore, note: 'no quota spent' },
    { state: 'queued', name: 'Queued', events: states.queued, note: countOf(queuedFiles, 'file') },
    { state: 'muted', name: 'Muted', events: states.muted, note: muteNote(muteRules) },
    { state: 'notLookable', name: 'Not lookable', events: states.notLookable, note: reasonNote(reasons) },
  ];
}

function muteNote(rules: number): string {
  return rules === 0 ? 'no rule of yours' : `${countOf(rules, 'rule')} of yours`;
}

const REASON_WORDS: Readonly<Record<NotLookableReason, string>> = {
  deleted: 'deleted',
  'no-hash': 'no hash',
  'empty-file': 'empty file',
  registry: 'registry',
  excluded: 'excluded',
};

/** The two reasons that weigh most: `deleted, no hash`. */
function reasonNote(reasons: LedgerDetail['reasons']): string {
  const weighed = Object.keys(REASON_WORDS)
    .filter((reason): reason is NotLookableReason => reason in reasons)
    .filter((reason) => reasons[reason] > 0)
    .toSorted((a, b) => reasons[b] - reasons[a])
    .map((reason) => REASON_WORDS[reason]);
  return weighed.length === 0 ? 'deleted, no hash' : weighed.slice(0, 2).join(', ');
}

/** Every reason with its number, for the hover of "Not lookable". */
export function describeReasons(reasons: LedgerDetail['reasons']): string {
  return Object.keys(REASON_WORDS)
    .filter((reason): reason is NotLookableReason => reason in reasons)
    .map((reason) => `${REASON_WORDS[reason]}: ${reasons[reason].toLocaleString('en-US')}`)
    .join('\n');
}

/** The bar in words: each state with its share. */
export function describeBar(parts: readonly LedgerPart[], fimEvents: number): string {
  return parts.map(({ name, events }) => `${name} ${formatShare(events, fimEvents)}`).join(', ');
}

/** Events read minus events in a state. 0 unless the promise is broken; negative when some count twice. */
export function unaccounted({ fimEvents, states }: LedgerDetail): number {
  return fimEvents - ledgerSum(states);
}
