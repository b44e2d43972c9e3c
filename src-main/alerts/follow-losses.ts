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
