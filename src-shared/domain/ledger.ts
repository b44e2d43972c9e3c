import type { NotLookableReason } from './exclusion.ts';

/**
 * The accounted-for sum: every FIM event read is in exactly one state, so the states add up to `fimEvents`.
 * Of the events of one file, the one whose lookup was spent is `answered`; all others are `fromStore`.
 */
export interface Ledger {
  readonly fimEvents: number;
  readonly states: LedgerStates;
}
export interface LedgerStates {
  readonly answered: number;
  readonly fromStore: number;
  readonly queued: number;
  readonly muted: number;
  readonly notLookable: number;
}
/** The same with what stands behind two of the states. */
export interface LedgerDetail extends Ledger {
  readonly queuedFiles: number;
  readonly muteRules: number;
  readonly reasons: Readonly<Record<NotLookableReason, number>>;
}

export function ledgerSum(states: LedgerStates): number {
  return states.answered + states.fromStore + states.queued + states.muted + states.notLookable;
}
