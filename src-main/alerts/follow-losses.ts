import type { AlertMark, FoundGap } from '../../src-shared/domain/completeness.ts';
import type { Position, ReadingLoss } from './alert-journal.ts';
import type { ChainFile } from './archive-chain.ts';
import type { AlertFile } from './follow-file.ts';
import { alertTimeMs } from './position-head.ts';

/** What could not be read any more, in the administrator's words. How much it was can never be told from what is left. */

/** The file was cut back (or rewritten in place) while it was open. */
export function cutLoss(file: AlertFile, copyPath: string | null): ReadingLoss {
  const detail = copyPath
    ? `${file.path} was cut back. Its copy ${copyPath} is read to the end; what was written after copying and before cutting is gone.`
    : `${file.path} was cut back or rewritten. It is read from its beginning; what was appended just before and not yet read is gone.`;
  return { detail, bytesAtMost: null };
}

/** The newest alert that was read does not stand where it stood. */
export function rewrittenLoss(path: string, mark: AlertMark): ReadingLoss {
  return {
    detail: `${path} was rewritten in the meantime: the alert ${mark.alertId} does not stand at byte ${mark.at} any more. The file is read from its beginning; what was taken out before it was read is gone.`,
    bytesAtMost: null,
  };
}

/** The offsets in the ids of two alerts tell that something between them is missing. */
export function provenGapLoss(gap: FoundGap, path: string): ReadingLoss {
  const [from, to] = [gap.afterAlertId, gap.beforeAlertId].map((id) => instantOf(id));
  return {
    detail: `${path}: between the alerts ${gap.afterAlertId} (${from}) and ${gap.beforeAlertId} (${to}) ${gap.bytesAtMost} bytes of alerts are missing.`,
    bytesAtMost: gap.bytesAtMost,
    afterAlertId: gap.afterAlertId,
    beforeAlertId: gap.beforeAlertId,
  };
}

function instantOf(alertId: string): string {
  const timeMs = alertTimeMs(alertId);
  return timeMs === null ? 'at an unknown time' : new Date(timeMs).toISOString();
}

/** The file that was being read is neither there nor among the archives. */
export function goneLoss(position: Position, next: ChainFile): ReadingLoss {
  const lastMs = alertTimeMs(position.alertId);
  const last = lastMs === null ? 'at its beginning' : `at the alert of ${new Date(lastMs).toISOString()}`;
  return {
    detail: `The alert file in which reading stopped (${last}) was removed or rewritten in the meantime; what it held after byte ${position.offset} is gone. Reading goes on with ${next.path}.`,
    bytesAtMost: null,
  };
}

/** An archive ends in the middle or does not decompress. */
export function shortArchiveLoss(file: AlertFile): ReadingLoss {
  return {
    detail: `${file.path} is damaged: nothing can be read of it after byte ${file.offset}.`,
    bytesAtMost: null,
  };
}

/** An archive that this account may not read is passed over, so that following goes on. */
export function skippedLoss(file: ChainFile): ReadingLoss {
  return {
    detail: `${file.path} may not be read by this account and was passed over. Import it once it may be read.`,
    bytesAtMost: file.isCompressed ? null : file.sizeBytes,
  };
}

/** Archives that should lie between two files and do not. */
export function gapLoss(gap: string): ReadingLoss {
  return {
    detail: `Between the alert files: ${gap}. If alerts were written then, they are gone.`,
    bytesAtMost: null,
  };
}
