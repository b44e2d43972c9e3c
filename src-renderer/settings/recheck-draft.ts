import type { RecheckPolicy } from '../../src-shared/ipc/settings.ts';

/** The policy as the form holds it: days, as typed. */
export interface RecheckDraft {
  readonly noRecordsDays: string;
  readonly cleanDays: string;
  readonly seenWithinDays: string;
}
export type RecheckProblems = { readonly [Name in keyof RecheckDraft]: string | null };

const HOURS = 24;
/** The contract's bounds: a year between re-checks, ten years back. */
const LONGEST_DAYS = 365;
const LONGEST_SEEN_DAYS = 3650;

export function recheckDraft(policy: RecheckPolicy): RecheckDraft {
  return {
    noRecordsDays: String(policy.noRecordsHours / HOURS),
    cleanDays: String(policy.cleanHours / HOURS),
    seenWithinDays: String(policy.seenWithinDays),
  };
}

/** The policy that was typed, or what is wrong with each field. */
export function readDays(draft: RecheckDraft): {
  readonly policy: RecheckPolicy | null;
  readonly problems: RecheckProblems;
} {
  const problems = {
    noRecordsDays: problemOf(draft.noRecordsDays, 0, LONGEST_DAYS),
    cleanDays: problemOf(draft.cleanDays, 0, LONGEST_DAYS),
    seenWithinDays:
      problemOf(draft.seenWithinDays, 1, LONGEST_SEEN_DAYS) ??
      (Number.isInteger(Number(draft.seenWithinDays)) ? null : 'Whole days only.'),
  };
  if (Object.values(problems).some(Boolean)) return { policy: null, problems };
  return {
    policy: {
      noRecordsHours: Number(draft.noRecordsDays) * HOURS,
      cleanHours: Number(draft.cleanDays) * HOURS,
      seenWithinDays: Number(draft.seenWithinDays),
    },
    problems,
  };
}

function problemOf(text: string, least: number, most: number): string | null {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return 'A number of days is needed.';
  return value < least || value > most ? `From ${least} to ${most} days.` : null;
}
