import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { addCounts } from '../../src-shared/domain/counts.ts';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { firstAlertId, standsStill } from './alert-anchor.ts';
import type { ReadingLoss } from './alert-journal.ts';
import { BatchBuilder } from './follow-batch.ts';
import { FollowCommits, JournalFailure, type Committed } from './follow-commits.ts';
import { FollowCompleteness } from './follow-completeness.ts';
import { explainUnreadable, notStored } from './follow-errors.ts';
import { PlainAlertFile, positionOf } from './follow-file.ts';
import { lookAtLiveName, type LiveName } from './follow-live-name.ts';
import { cutLoss, rewrittenLoss, shortArchiveLoss } from './follow-losses.ts';
import { GRACE_MS, SETTLE_MS, type FollowOptions } from './follow-options.ts';
import { openReading, readerOf, resolveFormat, restartReading, type Reading } from './follow-reading.ts';
import { findCopy, findStart } from './follow-start.ts';
import { Interrupted, InterruptibleFiles } from './interruptible-files.ts';
import { laterInstant, NOT_STARTED, stateOfError, type FollowStatus } from './follow-status.ts';
import { FollowSuccessor, NextFileUnreadable, type Succession } from './follow-successor.ts';
import { alertTimeMs } from './position-head.ts';

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
  readonly #completeness: FollowCompleteness;
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
    this.#completeness = new FollowCompleteness(this.#options, this.#commits);
    this.#successor = new FollowSuccessor(this.#options);
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
    const settleInMs = await this.#settle(reading);
    if (live.kind === 'same') return this.#follow(settleInMs);
    const next = await this.#successor.find(reading);
    if (next === null || typeof next === 'number') return this.#restAway(reading, live, next ?? settleInMs);
    if (next !== 'look-again') await this.#leaveFor(next, reading);
    return this.#catchUp();
  }

  /** Opens the file in which reading goes on. Null when there is none to open; the status says why. */
  async #begin(): Promise<Reading | null> {
    const { journal, path, sourceId } = this.#options;
    const position = this.#commits.ask(() => journal.position(sourceId));
    this.#completeness.load();
    const start = await findStart(this.#options, position, this.#completeness.fileMs);
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
    if (!start.head) this.#completeness.enterFile();
    if (start.loss) await this.#lose(start.loss, reading);
    // A first start is remembered before the first alert: the file may rotate away before there is one.
    if (!position || start.loss) this.#commit(reading, new BatchBuilder(start.offset), start.offset);
    return this.#verify(reading);
  }

  /** A file that was rewritten while nobody looked is read again from its beginning. */
  async #verify(reading: Reading): Promise<Reading> {
    const { newest } = this.#completeness;
    const { file, endOffset } = reading;
    if (!newest || endOffset === 0 || !(file instanceof PlainAlertFile)) return reading;
    if (await standsStill(file, newest, this.#formatOf(reading))) return reading;
    return this.#readAnew(reading, file, rewrittenLoss(file.path, newest));
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
    const { clock } = this.#options;
    const beganAtMs = clock.now();
    for (;;) {
      const read = await reading.file.read();
      if (read.kind === 'damaged' && !reading.damage) {
        reading.damage = shortArchiveLoss(reading.file);
      }
      if (read.kind === 'bytes') {
        this.#noteGrowth(reading);
        batch.add(readerOf(reading, this.#options.format).push(read.bytes));
      }
      if (read.kind !== 'bytes' || read.isLast || batch.isFullAfter(clock.now() - beganAtMs)) {
        await this.#judge(reading, batch);
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
  async #settle(reading: Reading): Promise<number | null> {
    const { file, reader, endOffset } = reading;
    if (!reader || reading.isSettled || file.offset === endOffset) return null;
    if (this.#formatOf(reading) === 'json') return null;
    const restMs = this.#options.clock.now() - reading.grewAtMs;
    if (restMs < SETTLE_MS) return SETTLE_MS - restMs;
    reading.isSettled = true;
    const batch = new BatchBuilder(endOffset);
    batch.add(reader.settle());
    await this.#judge(reading, batch);
    if (!batch.isEmpty) this.#commit(reading, batch, batch.endOffset);
    return null;
  }

  async #leaveFor({ opened, losses, rest }: Succession, reading: Reading): Promise<void> {
    this.#reading = opened;
    reading.file.close();
    await this.#judge(reading, rest);
    opened.alertId = rest.lastAlertId ?? reading.alertId;
    // A copy is read on where the file was left.
    if (opened.endOffset === 0) this.#completeness.enterFile();
    if (reading.damage) await this.#lose(reading.damage, opened);
    for (const loss of losses) await this.#lose(loss, opened, true);
    this.#commit(opened, rest, opened.endOffset);
  }

  /** Our file was cut back. A copy made before (logrotate's copytruncate) is read on; else what was not read is lost. */
  async #recoverFromCut(reading: Reading): Promise<void> {
    const { file, endOffset, alertId } = reading;
    if (!(file instanceof PlainAlertFile)) return;
    const copy = await findCopy(this.#options, positionOf(file, endOffset, alertId), file);
    if (copy) {
      const opened = await openReading(this.#options, copy, copy.chain);
      if (!opened) return;
      file.close();
      this.#reading = opened;
      await this.#lose(cutLoss(file, copy.file.path), opened);
      this.#commit(opened, new BatchBuilder(endOffset), endOffset);
      return;
    }
    await this.#readAnew(reading, file, cutLoss(file, null));
  }

  async #readAnew(reading: Reading, file: PlainAlertFile, loss: ReadingLoss): Promise<Reading> {
    const rest = new BatchBuilder(reading.endOffset);
    if (reading.reader) rest.add(reading.reader.end());
    await this.#judge(reading, rest);
    const anew = await restartReading(reading, file);
    anew.alertId = rest.lastAlertId ?? reading.alertId;
    this.#completeness.enterFile();
    await this.#lose(loss, anew);
    this.#reading = anew;
    this.#commit(anew, rest, 0);
    return anew;
  }

  #judge(reading: Reading, batch: BatchBuilder): Promise<void> {
    return this.#completeness.judge(batch.takeMarks(), this.#formatOf(reading), reading.file.path);
  }

  /** `next`: where reading goes on; its first alert bounds what is missing. */
  #lose(loss: ReadingLoss, next: Reading, isSuspicion = false): Promise<void> {
    const format = this.#formatOf(next);
    const after = this.#completeness.newestId ?? next.alertId;
    const before = firstAlertId(next.file.head, format);
    return this.#completeness.lose(loss, { after, before, isSuspicion }, format);
  }

  #formatOf(reading: Reading): AlertFormat {
    return resolveFormat(reading.file, this.#options.format);
  }

  #commit(reading: Reading, batch: BatchBuilder, offset: number): void {
    const { isCompressed, modifiedMs } = reading.file;
    this.#completeness.noteChange(isCompressed ? null : modifiedMs);
    const proof = this.#completeness.text;
    this.#commits.commit(reading, batch, { offset, appendedAtMs: this.#appendedAtMs, proof });
  }

  #noteCommitted({ batch, counts, lagMs }: Committed): void {
    const newestMs = batch.records.reduce((newest, { alert }) => Math.max(newest, alert.timeMs), -Infinity);
    this.#setStatus({
      // What filled a gap may be of the other form.
      format: batch.position ? batch.format : this.#status.format,
      completeness: this.#completeness.status,
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
      // Without a batch that is kept, what was read has to be read again.
      if (!this.#commits.isPending) this.#letGo();
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
    this.#commits.forgetLosses();
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
