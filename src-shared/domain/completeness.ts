import type { AlertFormat } from './alert.ts';
import type { Completeness } from '../ipc/status.ts';

/**
 * What the ids of alerts prove about a source. An id is `SEC.OFF`; OFF is the write offset of the node's alerts.log, or of
 * alerts.json while alerts_log is off, and begins at 0 in each new file (wazuh.md 2.1, 3.5; observed in 327 of 327
 * alerts). So in the file that is counted each alert stands at its own OFF, and in the other one OFF grows from 0 on.
 * Which of the two holds is told by the alerts themselves; where neither does, nothing is claimed.
 */
export interface Proof {
  readonly counting: Counting;
  /** Epoch milliseconds of the first alert of the unbroken stretch; null when there is none. */
  readonly sinceMs: number | null;
  readonly gaps: number;
  readonly newestGap: { readonly atMs: number; readonly detail: string } | null;
  /** A file of this source began with OFF 0: later ones must, too. */
  readonly beginsAtZero: boolean;
  /** By how much OFF is ahead of the place in this file: bytes that were taken out before. */
  readonly shift: number;
  /** The newest alert of this file whose place is known. */
  readonly newest: AlertMark | null;
  /** Id of the newest alert in the files before this one. */
  readonly before: string | null;
  /** An alert that stands where it should not: the next one tells what that means. */
  readonly doubt: AlertMark | null;
  /** When the file was last changed as of the newest alert, epoch milliseconds of its host. */
  readonly fileMs: number | null;
}

/** `own`: in the bytes of this file; `sibling`: in those of the other form; `none`: in neither. */
export type Counting = 'unknown' | 'own' | 'sibling' | 'none';

/** An alert, and the byte at which it begins in its file. */
export interface AlertMark {
  readonly alertId: string;
  readonly at: number;
}

/** Alerts are missing between two others. */
export interface FoundGap {
  readonly afterAlertId: string;
  readonly beforeAlertId: string;
  /** In bytes of the file that is counted. */
  readonly bytesAtMost: number;
  /** False where the other form alone can tell whether anything is missing. */
  readonly isCertain: boolean;
}

export interface Judged {
  readonly proof: Proof;
  readonly gap: FoundGap | null;
}

export const NOTHING_PROVEN: Proof = {
  counting: 'unknown',
  sinceMs: null,
  gaps: 0,
  newestGap: null,
  beginsAtZero: false,
  shift: 0,
  newest: null,
  before: null,
  doubt: null,
  fileMs: null,
};

/** No alert is shorter in alerts.log: its header, its date line and its rule line alone take more. */
const SHORTEST_TEXT_ALERT = 60;

/** Reading goes on in another file, at its first byte. */
export function beginFile(proof: Proof): Proof {
  return {
    ...proof,
    counting: proof.counting === 'none' ? 'unknown' : proof.counting,
    before: proof.doubt?.alertId ?? proof.newest?.alertId ?? proof.before,
    shift: 0,
    newest: null,
    doubt: null,
  };
}

/** Counts a gap that is told, whether it could be filled or not. */
export function countGap(proof: Proof, gap: { readonly atMs: number; readonly detail: string }): Proof {
  return { ...proof, gaps: proof.gaps + 1, newestGap: gap };
}

/** What came before cannot be part of an unbroken stretch any more: it begins with this alert, or with the next. */
export function breakStretch(proof: Proof, firstAlertId: string | null): Proof {
  const first = firstAlertId === null ? null : parseAlertId(firstAlertId);
  return { ...proof, sinceMs: first && proof.counting !== 'none' ? first.seconds * 1000 : null };
}

/** Takes in the next alert of the file. Marks come in the order of the file; some may be left out. */
export function judgeAlert(proof: Proof, mark: AlertMark, format: AlertFormat): Judged {
  const id = parseAlertId(mark.alertId);
  if (!id) return unfit(proof, mark);
  const last = proof.doubt ?? proof.newest;
  if (last && mark.at <= last.at) return { proof, gap: null };
  const begun = proof.sinceMs === null && isBehindGap(proof, id.seconds) ? beginStretch(proof, id) : proof;
  if (proof.counting === 'none') return fits(begun, mark, { sinceMs: null });
  if (begun.doubt) return resolveDoubt(begun, begun.doubt, mark, format);
  if (!begun.newest) return judgeFirst(begun, mark, format);
  if (begun.counting === 'sibling') return judgeIncrease(begun, mark);
  if (id.offset - mark.at === begun.shift) return fits(begun, mark, { counting: 'own' });
  if (begun.counting === 'unknown' && format === 'json') return judgeIncrease(begun, mark);
  return { proof: { ...begun, doubt: mark }, gap: null };
}

/** A file that is read again from its beginning starts with what was read before the gap. */
function isBehindGap({ before }: Proof, seconds: number): boolean {
  return before === null || seconds >= (parseAlertId(before)?.seconds ?? 0);
}

function beginStretch(proof: Proof, { seconds }: { readonly seconds: number }): Proof {
  return { ...proof, sinceMs: seconds * 1000 };
}

function judgeFirst(proof: Proof, mark: AlertMark, format: AlertFormat): Judged {
  const offset = parseAlertId(mark.alertId)?.offset ?? 0;
  const isAtPlace = offset === mark.at;
  if (isAtPlace) return fits(proof, mark, { beginsAtZero: proof.beginsAtZero || offset === 0 });
  if (proof.counting !== 'sibling' || format === 'log')
    return { proof: { ...proof, doubt: mark }, gap: null };
  // Only the first line can tell: of one behind a damaged line nothing is known.
  const isLate = mark.at === 0 && proof.beginsAtZero && proof.before !== null;
  return isLate ? lateBeginning(proof, proof.before, mark) : fits(proof, mark, {});
}

/**
 * The first alert of a file does not bear OFF 0. When OFF is beyond that of the alert before, alerts.log may simply not
 * have been replaced together with this file.
 */
function lateBeginning(proof: Proof, before: string, mark: AlertMark): Judged {
  const id = parseAlertId(mark.alertId);
  const last = parseAlertId(before);
  if (!id || !last) return unfit(proof, mark);
  const isCertain = id.offset <= last.offset;
  const bytesAtMost = isCertain ? id.offset : id.offset - last.offset;
  const gap = { afterAlertId: before, beforeAlertId: mark.alertId, bytesAtMost, isCertain };
  return { ...fits(proof, mark, {}), gap };
}

/** Counted in the other file: OFF grows by an alert's length at least, or that file was begun anew. */
function judgeIncrease(proof: Proof, mark: AlertMark): Judged {
  const last = parseAlertId((proof.doubt ?? proof.newest)?.alertId ?? '');
  const now = parseAlertId(mark.alertId);
  if (!now || !last) return unfit(proof, mark);
  const isAfter = now.offset - last.offset >= SHORTEST_TEXT_ALERT || now.offset === 0;
  return isAfter ? fits(proof, mark, { counting: 'sibling' }) : unfit(proof, mark);
}

/** Two alerts in a row that are off by the same tell of bytes taken out; a single one, of a forged or odd header. */
function resolveDoubt(proof: Proof, doubt: AlertMark, mark: AlertMark, format: AlertFormat): Judged {
  const [doubted, shift] = [shiftOf(doubt), shiftOf(mark)];
  if (shift === doubted) return confirmShift(proof, doubt, mark);
  if (shift === proof.shift && proof.newest) return fits(proof, mark, {});
  if (format === 'log') return unfit(proof, mark);
  const judged = judgeIncrease(proof, mark);
  if (judged.proof.counting !== 'sibling' || proof.newest || !proof.beginsAtZero || doubt.at !== 0)
    return judged;
  // It was the first line of its file, which is now known to be counted elsewhere.
  const late = proof.before === null ? null : lateBeginning(proof, proof.before, doubt);
  return late ? { ...judged, gap: late.gap } : judged;
}

function confirmShift(proof: Proof, doubt: AlertMark, mark: AlertMark): Judged {
  const missing = shiftOf(doubt) - proof.shift;
  // More bytes than were written: something was put in, which proves nothing about what is missing.
  if (missing < 0) return unfit(proof, mark);
  const judged = fits(proof, mark, { counting: 'own', shift: shiftOf(doubt) });
  const afterAlertId = proof.newest?.alertId ?? proof.before;
  if (afterAlertId === null) return judged;
  const gap = { afterAlertId, beforeAlertId: doubt.alertId, bytesAtMost: missing, isCertain: true };
  return { ...judged, gap };
}

function fits(proof: Proof, mark: AlertMark, change: Partial<Proof>): Judged {
  return { proof: { ...proof, newest: mark, doubt: null, ...change }, gap: null };
}

function unfit(proof: Proof, mark: AlertMark): Judged {
  return fits(proof, mark, { counting: 'none', sinceMs: null });
}

function shiftOf({ alertId, at }: AlertMark): number {
  return (parseAlertId(alertId)?.offset ?? 0) - at;
}

/** Null when it is no `SEC.OFF`. */
export function parseAlertId(alertId: string): { readonly seconds: number; readonly offset: number } | null {
  const found = /^(\d{1,12})\.(\d{1,15})$/.exec(alertId);
  return found ? { seconds: Number(found[1]), offset: Number(found[2]) } : null;
}

export function writeProof(proof: Proof): string {
  return JSON.stringify(proof);
}

/** The reverse. Anything else, such as the text of another version, proves nothing. */
export function readProof(text: string | null): Proof {
  if (text === null) return NOTHING_PROVEN;
  try {
    const read: unknown = JSON.parse(text);
    return isProof(read) ? read : NOTHING_PROVEN;
  } catch {
    return NOTHING_PROVEN;
  }
}

function isProof(read: unknown): read is Proof {
  if (typeof read !== 'object' || read === null) return false;
  return Object.keys(NOTHING_PROVEN).every((key) => key in read);
}

/** For the status. A stretch counts as proven once its alerts have shown how they are counted. */
export function completenessOf(proof: Proof): Completeness {
  const isProven = proof.counting === 'own' || proof.counting === 'sibling';
  return {
    since: isProven && proof.sinceMs !== null ? new Date(proof.sinceMs).toISOString() : null,
    gaps: proof.gaps,
    newestGap: proof.newestGap && {
      at: new Date(proof.newestGap.atMs).toISOString(),
      detail: proof.newestGap.detail,
    },
  };
}
