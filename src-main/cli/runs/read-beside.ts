import type { AlertFormat } from '../../../src-shared/domain/alert.ts';
import { addCounts, NO_COUNTS, type ReadCounts } from '../../../src-shared/domain/counts.ts';
import type { ReadingLoss } from '../../alerts/alert-journal.ts';
import { notImported } from '../../alerts/follow-errors.ts';
import type { ImportProgress } from '../../alerts/import-alerts.ts';
import { systemClock } from '../../app/clock.ts';
import type { ReadingThread } from '../../app/reading-thread.ts';
import type { BulkJournal } from '../../store/bulk-journal.ts';
import { BatchUnpacker } from '../../store/unpack-batch.ts';

export interface BesideOptions {
  readonly path: string;
  readonly format: AlertFormat | 'auto';
  readonly sourceId: number;
  readonly journal: BulkJournal;
  readonly signal: AbortSignal;
  readonly onLosses: (losses: readonly ReadingLoss[]) => void;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** As `importAlerts`, but the file is read and decoded by a second thread while this one stores what it yields. */
export async function readBeside(thread: ReadingThread, options: BesideOptions): Promise<ReadCounts> {
  const { path, format, sourceId, journal, signal, onLosses, onProgress } = options;
  const unpacker = new BatchUnpacker();
  let counts = NO_COUNTS;
  await thread.read({
    path,
    format,
    signal,
    take: (batch) => {
      try {
        const taken = journal.commitPacked(batch, { sourceId, unpacker }, systemClock.now());
        counts = addCounts(counts, taken);
      } catch (error) {
        throw notImported(path, error);
      }
      onLosses(batch.losses);
    },
    onProgress: (bytesRead, bytesTotal) => onProgress({ counts, bytesRead, bytesTotal }),
  });
  return counts;
}
