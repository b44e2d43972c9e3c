import type { FileChange } from '../../src-shared/domain/alert.ts';
import type { Disposition, NotLookableReason } from '../../src-shared/domain/exclusion.ts';
import type { Standing, VerdictSource } from '../../src-shared/domain/outcome.ts';
import type { TriageState } from '../../src-shared/ipc/detections.ts';

/** Small integers that stand for words in the tables. Written to disk: add at the end, never renumber. */

/** 0 is a file that is neither judged nor queued: it is not listed. */
export const STANDING_CODE = {
  malicious: 1,
  suspicious: 2,
  'no-records': 3,
  clean: 4,
  queued: 5,
  failed: 6,
} as const satisfies Record<Standing, number>;
export const UNLISTED = 0;

export const CHANGE_CODE = {
  added: 0,
  modified: 1,
  deleted: 2,
  readded: 3,
} as const satisfies Record<FileChange, number>;

export const SOURCE_CODE = { lookup: 0, recheck: 1, manager: 2 } as const satisfies Record<
  VerdictSource,
  number
>;

/** 0 is "nothing to triage". */
export const TRIAGE_CODE = {
  new: 1,
  investigating: 2,
  resolved: 3,
  'false-positive': 4,
} as const satisfies Record<TriageState, number>;
export const NO_TRIAGE = 0;

/** Where an outcome for a manager stands; one that came back is only counted. `sending`: it may be there already. */
export const PUBLICATION_CODE = { waiting: 0, sending: 1, sent: 2, failed: 3 } as const;

export const LOOKABLE = 0;
export const MUTED = 1;
export const EXCLUDED = 6;
export const REASON_CODE = {
  deleted: 2,
  'no-hash': 3,
  'empty-file': 4,
  registry: 5,
  excluded: EXCLUDED,
} as const satisfies Record<NotLookableReason, number>;

export function standingFromCode(code: number): Standing | null {
  return wordOf(STANDING_CODE, code);
}
export function changeFromCode(code: number): FileChange {
  return wordOf(CHANGE_CODE, code) ?? 'modified';
}
export function verdictSourceFromCode(code: number): VerdictSource {
  return wordOf(SOURCE_CODE, code) ?? 'lookup';
}
export function triageFromCode(code: number): TriageState | null {
  return wordOf(TRIAGE_CODE, code);
}

export function dispositionCode(disposition: Disposition): number {
  if (disposition.kind === 'lookable') return LOOKABLE;
  return disposition.kind === 'muted' ? MUTED : REASON_CODE[disposition.reason];
}

function wordOf<Word extends string>(codes: Readonly<Record<Word, number>>, code: number): Word | null {
  for (const word in codes) if (codes[word] === code) return word;
  return null;
}

/** The setting that holds the number of the newest malformed line a person has dismissed. */
export const MALFORMED_DISMISSED = 'malformed-dismissed';
