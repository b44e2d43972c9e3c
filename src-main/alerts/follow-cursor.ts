import { setImmediate as nextTurn } from 'node:timers/promises';
import { addCounts } from '../../src-shared/domain/counts.ts';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { listChain, monthBefore } from './archive-chain.ts';
import { findPosition } from './archive-find.ts';
import { BatchBuilder } from './follow-batch.ts';
import { FollowCommits, JournalFailure, type Committed } from './follow-commits.ts';
import { explainUnreadable, notStored } from './follow-errors.ts';
import { PlainAlertFile, positionOf } from './follow-file.ts';
import { lookAtLiveName, type LiveName } from './follow-live-name.ts';
import { cutLoss, shortArchiveLoss } from './follow-losses.ts';
import { GRACE_MS, SETTLE_MS, type FollowOptions } from './follow-options.ts';
import { openReading, readerOf, resolveFormat, restartReading, type Reading } from './follow-reading.ts';
import { findStart } from './follow-start.ts';
import { Interrupted, InterruptibleFiles } from './interruptible-files.ts';
import { laterInstant, NOT_STARTED, stateOfError, type FollowStatus } from './follow-status.ts';
import { FollowSuccessor, NextFileUnreadable, type Succession } from './follow-successor.ts';
import { alertTimeMs, isSameFile } from './position-head.ts';

/** What to do after one step. */
export interface StepReport {
  /** `more`: step again at once; `wait`: when something happens; `retry`: not before `waitMs`, whatever happens. */
  readonly next: 'more' | 'wait' | 'retry';
  /** Step again after this time even if nothing happens; null: there is no need. */
  readonly waitMs: number | null;
  /** Whether new bytes were found. */
  readonly grew: boolean;
}

/**
 * Reads one live name forward through every file that ever bears it, one step at a time. The journal gets the position
 * with every batch; leaving a file and the position in its successor are one commit, so that a process killed between
 * two steps, or inside of one, goes on where the journal says.
 */
export class FollowCursor {
  readonly #options: FollowOptions;
  readonly #files: InterruptibleFiles;
  readonly #commits: FollowCommits;
  readonly #successor: FollowSuccessor;
  #reading: Reading | null = null;
  #status: FollowStatus = NOT_STARTED;
  #liveInode: string | null = null;
  #lastLookMs = 0;
  #appendedAtMs = 0;
  #grew = false;

  constructor(options: FollowOptions) {
    this.#files = new InterruptibleFiles(options.host);
    this.#options = { ...options, host: this.#files };
    this.#commits = new FollowCommits(options, (committed) => this.#noteCommitted(committed));
    this.#successor = new FollowSuccessor(this.#options, this.#commits);
  }

  get status(): FollowStatus {
    return this.#status;
  }

  /** The open file. */
  get fileInode(): string | null {
    return this.#reading?.file.inode ?? null;
  }

  /** The file that bore the live name when it was last looked at: another one wants another watch. */
  get liveInode(): string | null {
    return this.#liveInode;
  }

  /** Everything one wake-up does. Never rejects: what goes wrong is in the status. Not to be called while one runs. */
  async step(): Promise<StepReport> {
    this.#grew = false;
    try {
      this.#commits.retry();
      return await this.#advance();
    } catch (error) {
      return this.#explain(error);
    } finally {
      this.#lastLookMs = this.#options.clock.now();
    }
  }

  /** Ends a running step, in the middle of a read if need be; no other one reads anything. */
  interrupt(): void {
    this.#files.interrupt();
  }

  /** Lets the file go, between two steps. What was read and not committed will be read again. */
  close(): void {
    this.#letGo();
    this.#setStatus({ state: 'stopped', error: null });
  }

  async #advance(): Promise<StepReport> {
    const reading = this.#reading ?? (await this.#begin());
    if (!reading) return this.#report('wait', null);
    reading.file.prepare();
    const live = await this.#look(reading);
    let end = await this.#readOn(reading);
    // What was sent for before the look may lack what was written before the name changed hands.
    if (end === 'end' && live.kind !== 'same') end = await this.#readOn(reading);
    if (end === 'cut') await this.#recoverFromCut(reading);
    if (end !== 'end') return this.#catchUp();
    const settleInMs = this.#settle(reading);
    if (live.kind === 'same') return this.#follow(settleInMs);
    const next = await this.#successor.find(reading);
    if (next === null || typeof next === 'number') return this.#restAway(reading, live, next ?? settleInMs);
    if (next !== 'look-again') this.#leaveFor(next, reading);
    return this.#catchUp();
  }

  /** Opens the file in which reading goes on. Null when there is none to open; the status says why. */
  async #begin(): Promise<Reading | null> {
    const { journal, path, sourceId } = this.#options;
    const position = this.#commits.ask(() => journal.position(sourceId));
    const start = await findStart(this.#options, position);
    if (!start) {
      const { error } = await lookAtLiveName(this.#files, path, null);
      if (error) this.#setError(error);
      return null;
    }
    const reading = await openReading(this.#options, start, start.chain);
    if (!reading) return this.#begin();
    this.#reading = reading;
    this.#successor.countLater(start.chain.slice(start.chain.indexOf(start.file) + 1));
    this.#setStatus({ lastAlertAt: laterInstant(this.#status.lastAlertAt, alertTimeMs(reading.alertId)) });
    if (start.loss) this.#commits.addLoss(start.loss);
    // A first start is remembered before the first alert: the file may rotate away before there is one.
    if (!position || start.loss) this.#commit(reading, new BatchBuilder(start.offset), start.offset);
    return reading;
  }

  async #look(reading: Reading): Promise<LiveName> {
    const live = await lookAtLiveName(this.#files, this.#options.path, reading.file);
    this.#liveInode = live.inode;
    if (live.kind === 'same') {
      reading.wasLive = true;
      reading.replacedAtMs = null;
      this.#successor.countLater([]);
    } else {
      reading.replacedAtMs ??= this.#options.clock.now();
    }
    return live;
  }

  /** Reads and commits up to one batch. */
  async #readOn(reading: Reading): Promise<'full' | 'end' | 'cut'> {
    const batch = new BatchBuilder(reading.endOffset);
    for (;;) {
      const read = await reading.file.read();
      if (read.kind === 'damaged' && !reading.isDamaged) {
        reading.isDamaged = true;
        this.#commits.addLoss(shortArchiveLoss(reading.file));
      }
      if (read.kind === 'bytes') {
        this.#noteGrowth(reading);
        batch.add(readerOf(reading, this.#options.format).push(read.bytes));
      }
      if (read.kind !== 'bytes' || read.isLast || batch.isFull) {
        if (!batch.isEmpty || this.#commits.hasLosses) this.#commit(reading, batch, batch.endOffset);
        if (read.kind === 'cut') return 'cut';
        return read.kind === 'bytes' && !read.isLast ? 'full' : 'end';
      }
      await nextTurn();
    }
  }

  #noteGrowth(reading: Reading): void {
    const now = this.#options.clock.now();
    reading.grewAtMs = now;
    reading.isSettled = false;
    if (this.#grew) return;
    this.#grew = true;
    // The append happened between the look before and now; the clock of a file server may say otherwise.
    this.#appendedAtMs = Math.min(Math.max(reading.file.modifiedMs, this.#lastLookMs), now);
  }

  /** Milliseconds until the text form may be settled; null when there is nothing to settle. */
  #settle(reading: Reading): number | null {
    const { file, reader, endOffset } = reading;
    if (!reader || reading.isSettled || file.offset === endOffset) return null;
    if (resolveFormat(file, this.#options.format) === 'json') return null;
    const restMs = this.#options.clock.now() - reading.grewAtMs;
    if (restMs < SETTLE_MS) return SETTLE_MS - restMs;
    reading.isSettled = true;
    const batch = new BatchBuilder(endOffset);
    batch.add(reader.settle());
    if (!batch.isEmpty) this.#commit(reading, batch, batch.endOffset);
    return null;
  }

  #leaveFor({ opened, rest }: Succession, reading: Reading): void {
    opened.alertId = reading.alertId;
    this.#reading = opened;
    reading.file.close();
    this.#commit(opened, rest, opened.endOffset);
  }

  /** Our file was cut back. A copy made before (logrotate's copytruncate) is read on; else what was not read is lost. */
  async #recoverFromCut(reading: Reading): Promise<void> {
    const { file, endOffset, alertId } = reading;
    if (!(file instanceof PlainAlertFile)) return;
    const chain = await listChain(this.#files, this.#options.path, monthBefore(file.modifiedMs));
    const others = chain.filter((other) => !isSameFile(other, file));
    const head = positionOf(file, endOffset, alertId);
    const copy = await findPosition(this.#files, others, head);
    if (copy) {
      const opened = await openReading(
        this.#options,
        { file: copy, offset: endOffset, alertId, head },
        chain,
      );
      if (!opened) return;
      file.close();
      this.#reading = opened;
      this.#commits.addLoss(cutLoss(file, copy.path));
      this.#commit(opened, new BatchBuilder(endOffset), endOffset);
      return;
    }
    const rest = new BatchBuilder(endOffset);
    if (reading.reader) rest.add(reading.reader.end());
    this.#commits.addLoss(cutLoss(file, null));
    this.#reading = await restartReading(reading, file);
    this.#commit(this.#reading, rest, 0);
  }

  #commit(reading: Reading, batch: BatchBuilder, offset: number): void {
    this.#commits.commit(reading, batch, offset, this.#appendedAtMs);
  }

  #noteCommitted({ batch, counts, lagMs }: Committed): void {
    const newestMs = batch.records.reduce((newest, { alert }) => Math.max(newest, alert.timeMs), -Infinity);
    this.#setStatus({
      format: batch.format,
      counts: addCounts(this.#status.counts, counts),
      lagMs: lagMs ?? this.#status.lagMs,
      lastAlertAt: laterInstant(this.#status.lastAlertAt, newestMs),
    });
  }

  #explain(error: unknown): StepReport {
    const { path } = this.#options;
    if (error instanceof Interrupted) {
      this.#letGo();
      return this.#report('wait', null);
    }
    if (error instanceof JournalFailure) {
      this.#setError(notStored(path, error.cause), 'stopped');
      return this.#report('retry', this.#commits.backOff());
    }
    if (error instanceof NextFileUnreadable) {
      // The open handle is kept: what it still gets may be nowhere else.
      this.#setError(explainUnreadable(error.path, error.cause, this.#files));
      return this.#report('wait', null);
    }
    const readPath = this.#reading?.file.path ?? path;
    this.#letGo();
    this.#setError(explainUnreadable(readPath, error, this.#files));
    return this.#report('wait', null);
  }

  #letGo(): void {
    this.#reading?.file.close();
    this.#reading = null;
  }

  #catchUp(): StepReport {
    this.#setStatus({ state: 'catching-up', error: null });
    return this.#report('more', null);
  }

  #follow(waitMs: number | null): StepReport {
    this.#setStatus({ state: 'following', error: null });
    return this.#report('wait', waitMs);
  }

  /** At the end of a file that the live name no longer points to, with nothing to go on to yet. */
  #restAway(reading: Reading, live: LiveName, waitMs: number | null): StepReport {
    const awayMs = this.#options.clock.now() - (reading.replacedAtMs ?? 0);
    // Between unlinking and linking the live name is away for a moment at every rotation.
    if (!live.error || (live.kind === 'missing' && awayMs < GRACE_MS)) return this.#follow(waitMs);
    this.#setError(live.error);
    return this.#report('wait', waitMs);
  }

  #report(next: StepReport['next'], waitMs: number | null): StepReport {
    return { next, waitMs, grew: this.#grew };
  }

  #setError(error: DomainError, state = stateOfError(error)): void {
    this.#setStatus({ state, error: { code: error.code, message: error.message, remedy: error.remedy } });
  }

  #setStatus(change: Partial<FollowStatus>): void {
    const file = this.#reading?.file;
    const inFile = !file || file.isCompressed ? 0 : Math.max(0, file.sizeBytes - file.offset);
    this.#status = { ...this.#status, bytesBehind: inFile + this.#successor.laterBytes, ...change };
  }
}
