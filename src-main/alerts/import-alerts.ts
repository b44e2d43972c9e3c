import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { addCounts, NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import type { Clock } from '../app/clock.ts';
import type { AlertJournal, ReadingLoss } from './alert-journal.ts';
import { createRecordReader } from './create-record-reader.ts';
import { detectFormat } from './detect-format.ts';
import { explainImportFailure, notImported } from './follow-errors.ts';
import { pieceOf, unlessAborted } from './import-patience.ts';
import { JournalTarget, type ImportBatch, type ImportTarget } from './import-target.ts';
import { inputName, openInput, type ImportBytes, type ImportInput } from './import-input.ts';

export interface ImportOptions extends ReadingOptions {
  readonly sourceId: number;
  readonly journal: AlertJournal;
}

export interface ReadingOptions {
  readonly input: ImportInput;
  readonly clock: Clock;
  /** `auto` (the default): told by the first bytes, else by the ending of the name, else JSON. */
  readonly format?: AlertFormat | 'auto';
  /** Ends the import between two reads; whole alerts read by then stay. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
  /** A pipe has been quiet for a while, and all that came through it has been handed to the target. */
  readonly onQuiet?: () => void;
}

export interface ImportProgress {
  readonly counts: ReadCounts;
  readonly bytesRead: number;
  /** Null while unknown: a compressed file, a stream. */
  readonly bytesTotal: number | null;
}

/** Other work of the process gets its turn after this much input: some milliseconds. */
const TURN_BYTES = 4 * 1024 * 1024;

/**
 * Reads an alert file once, plain or gzip, into the journal. Memory stays bounded whatever the size. Bad lines are
 * counted, never fatal; a compressed file that ends in the middle is a loss in the journal. Rejects with a DomainError
 * when the input cannot be read or the journal cannot take more.
 */
export function importAlerts({ sourceId, journal, ...options }: ImportOptions): Promise<ReadCounts> {
  return importInto(new JournalTarget(sourceId, journal, options.clock), options);
}

/** As `importAlerts`, into something else than a journal. */
export async function importInto(target: ImportTarget, options: ReadingOptions): Promise<ReadCounts> {
  const bytes = await unlessAborted(openTranslated(options.input), options.signal);
  if (!bytes) return NO_COUNTS;
  try {
    return await new Import(target, options, bytes).run();
  } finally {
    bytes.close();
  }
}

class Import {
  readonly #target: ImportTarget;
  readonly #options: ReadingOptions;
  readonly #bytes: ImportBytes;
  readonly #format: AlertFormat;
  #counts = NO_COUNTS;
  #bytesRead = 0;

  constructor(target: ImportTarget, options: ReadingOptions, bytes: ImportBytes) {
    this.#target = target;
    this.#options = options;
    this.#bytes = bytes;
    this.#format = chooseFormat(options, bytes.head);
  }

  async run(): Promise<ReadCounts> {
    const { signal, onQuiet } = this.#options;
    const reader = createRecordReader(this.#format, 0, this.#target.reading);
    let batch = this.#target.begin(this.#format, 0);
    let sinceTurn = 0;
    const losses: ReadingLoss[] = [];
    const rest = () => {
      if (!batch.isEmpty) batch = this.#commit(batch, []);
      onQuiet?.();
    };
    while (!signal.aborted) {
      const piece = await this.#next(reader.space?.(), losses, rest);
      if (!piece) break;
      this.#bytesRead += piece.length;
      sinceTurn += piece.length;
      batch.add(reader.push(piece));
      if (batch.isFull) batch = this.#commit(batch, []);
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await nextTurn();
    }
    // Cancelled in the middle of an alert: that one is not damaged, it was not read.
    if (!signal.aborted) batch.add(reader.end());
    if (!batch.isEmpty || losses.length > 0) this.#commit(batch, losses);
    return this.#counts;
  }

  async #next(
    room: Uint8Array | undefined,
    losses: ReadingLoss[],
    onQuiet: () => void,
  ): Promise<Uint8Array | null> {
    const { clock, signal } = this.#options;
    try {
      const piece = this.#bytes.next(room);
      return piece instanceof Promise ? await pieceOf(piece, { clock, signal, onQuiet }) : piece;
    } catch (error) {
      if (!isDamage(error)) throw explainImportFailure(nameOf(this.#options.input), error);
      losses.push({
        detail: `${inputName(this.#options.input)} is damaged: nothing can be read after byte ${this.#bytesRead} of what it decompresses to.`,
        bytesAtMost: null,
      });
      return null;
    }
  }

  #commit(batch: ImportBatch, losses: readonly ReadingLoss[]): ImportBatch {
    const { onProgress, input } = this.#options;
    try {
      this.#counts = addCounts(this.#counts, batch.commit(losses));
    } catch (error) {
      throw notImported(nameOf(input), error);
    }
    onProgress({
      counts: this.#counts,
      bytesRead: this.#bytesRead,
      bytesTotal: this.#bytes.totalBytes,
    });
    return this.#target.begin(this.#format, batch.endOffset);
  }
}

async function openTranslated(input: ImportInput): Promise<ImportBytes> {
  try {
    return await openInput(input);
  } catch (error) {
    throw explainImportFailure(nameOf(input), error);
  }
}

function chooseFormat({ format = 'auto', input }: ReadingOptions, head: Uint8Array): AlertFormat {
  if (format !== 'auto') return format;
  return detectFormat(head) ?? (/\.log\b/.test(inputName(input)) ? 'log' : 'json');
}

function nameOf(input: ImportInput): string {
  return 'path' in input ? input.path : input.name;
}

/** An error of the decompressor, as opposed to one of the file system. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_|ERR_STREAM_PREMATURE/.test(String(error.code));
}
