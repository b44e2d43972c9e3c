import type { ReadingLoss } from './alert-journal.ts';
import { listChain, monthBefore, type ChainFile } from './archive-chain.ts';
import { filesAfter } from './archive-find.ts';
import { describeGap } from './archive-names.ts';
import { BatchBuilder } from './follow-batch.ts';
import { errorCode, throwIfUnreached } from './follow-errors.ts';
import { positionOf } from './follow-file.ts';
import { gapLoss, skippedLoss } from './follow-losses.ts';
import { GRACE_MS, type FollowOptions } from './follow-options.ts';
import { openReading, type Reading } from './follow-reading.ts';
import type { FileIdentity } from './position-head.ts';

/** The file that comes next is there and cannot be opened at the moment; `cause` says why. */
export class NextFileUnreadable extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super('the next alert file cannot be opened', { cause });
    this.name = 'NextFileUnreadable';
    this.path = path;
  }
}

/** The next file, and what the end of the one before still yielded: to be committed together. */
export interface Succession {
  readonly opened: Reading;
  /** What should lie between the two and cannot be read. */
  readonly losses: readonly ReadingLoss[];
  readonly rest: BatchBuilder;
}

/** Goes from a file that was replaced, and is read to its end, to the one that was begun after it. */
export class FollowSuccessor {
  readonly #options: FollowOptions;
  readonly #skipped = new Map<string, ReadingLoss>();
  #laterBytes = 0;
  #live: FileIdentity & { readonly sinceMs: number } = { inode: null, device: null, sinceMs: 0 };

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Bytes in the files after the one that is read, as of the last look. */
  get laterBytes(): number {
    return this.#laterBytes;
  }

  countLater(files: readonly ChainFile[]): void {
    this.#laterBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  /**
   * The next file, opened; `look-again` when the chain changed meanwhile; the milliseconds to wait while the writer of
   * this file may still hold lines; null when nothing holds anything yet. An empty file is no successor: as long as it
   * is empty the writer may be in the old one.
   */
  async find(reading: Reading): Promise<Succession | 'look-again' | number | null> {
    const { host, path } = this.#options;
    const chain = await listChain(host, path, monthOf(reading));
    const later = await filesAfter(host, chain, reading);
    this.countLater(later);
    const liveSinceMs = this.#noticeLive(later.find((file) => file.isLive));
    const next = later.find((file) => file.sizeBytes > 0 && !this.#skipped.has(file.path));
    if (!next) return null;
    if (next.isLive && !reading.file.isCompressed) {
      // An empty file between the two may have been the live one until now: its writer may hold lines as well.
      const restSinceMs = Math.max(reading.grewAtMs, reading.replacedAtMs ?? 0, liveSinceMs);
      const waitMs = restSinceMs + GRACE_MS - this.#options.clock.now();
      if (waitMs > 0) return waitMs;
    }
    const opened = await this.#open(next, chain, reading);
    if (!opened) return 'look-again';
    // Whatever times and names say: a file that was left is never taken for a newer one.
    for (const [id, timeMs] of reading.older) if (!opened.older.has(id)) opened.older.set(id, timeMs);
    this.countLater(later.slice(later.indexOf(next) + 1));
    const losses = this.#lossesBetween(reading, later.slice(0, later.indexOf(next) + 1));
    const rest = new BatchBuilder(reading.endOffset);
    if (reading.reader && opened.endOffset === 0) rest.add(reading.reader.end());
    return { opened, losses, rest };
  }

  /** Since when that file is known to bear the live name, epoch ms. */
  #noticeLive(live: ChainFile | undefined): number {
    if (live && (live.inode !== this.#live.inode || live.device !== this.#live.device)) {
      this.#live = { inode: live.inode, device: live.device, sinceMs: this.#options.clock.now() };
    }
    return this.#live.sinceMs;
  }

  async #open(next: ChainFile, chain: readonly ChainFile[], before: Reading): Promise<Reading | null> {
    try {
      const opened = await openReading(this.#options, { file: next, offset: 0, alertId: null }, chain);
      if (!opened || !isCopyOf(opened, before)) return opened;
      opened.file.close();
      const { endOffset: offset } = before;
      const head = positionOf(before.file, offset, null);
      return await openReading(this.#options, { file: next, offset, alertId: null, head }, chain);
    } catch (error) {
      throwIfUnreached(error);
      const code = errorCode(error);
      if (code === 'ENOENT') return null;
      if (next.isLive || (code !== 'EACCES' && code !== 'EPERM'))
        throw new NextFileUnreadable(next.path, error);
      this.#skipped.set(next.path, skippedLoss(next));
      return null;
    }
  }

  /** A file that was followed live is known to have had this successor: days without alerts are no gap then. */
  #lossesBetween(reading: Reading, passed: readonly ChainFile[]): ReadingLoss[] {
    const losses: ReadingLoss[] = [];
    let older = reading.name;
    for (const file of passed) {
      const gap = describeGap(older, file.name, !reading.wasLive);
      if (gap) losses.push(gapLoss(gap));
      const skipped = this.#skipped.get(file.path);
      if (skipped) losses.push(skipped);
      older = file.name;
    }
    return losses;
  }
}

/** The month in which this file was begun, at the latest: no file after it is older. */
function monthOf({ file, name }: Reading): string | null {
  return name?.family === 'dated' ? name.key.slice(0, 7) : monthBefore(file.modifiedMs);
}

/** An editor, or a copy put in place of the file: what was read of the one was read of the other. */
function isCopyOf({ file }: Reading, { file: before, endOffset }: Reading): boolean {
  if (endOffset === 0 || file.isCompressed || file.sizeBytes < endOffset) return false;
  const start = file.head.subarray(0, before.head.length);
  return Buffer.compare(start, before.head) === 0;
}
