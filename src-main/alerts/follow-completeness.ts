import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import {
  beginFile,
  breakStretch,
  completenessOf,
  countGap,
  judgeAlert,
  NOTHING_PROVEN,
  readProof,
  writeProof,
  type AlertMark,
  type FoundGap,
  type Proof,
} from '../../src-shared/domain/completeness.ts';
import type { Completeness } from '../../src-shared/ipc/status.ts';
import type { ReadingLoss } from './alert-journal.ts';
import { isLater } from './alert-anchor.ts';
import { pathsOf } from './alert-paths.ts';
import type { FollowCommits } from './follow-commits.ts';
import { throwIfUnreached } from './follow-errors.ts';
import { provenGapLoss } from './follow-losses.ts';
import type { FollowOptions } from './follow-options.ts';
import { FilledRecords } from './filled-records.ts';
import { walkSibling, type WalkResult } from './sibling-walk.ts';

/** The alerts right before and right after what is missing; null where nothing is known. */
export interface Between {
  readonly after: string | null;
  readonly before: string | null;
}

const NOT_HELD: WalkResult = { isBegun: false, isWhole: false, alerts: 0 };

/**
 * Keeps the proof of what was read (src-shared/domain/completeness.ts) along the reading, and what is missing from the
 * followed file takes from the other form beside it (alerts.log for alerts.json and the reverse), as far as it is there.
 */
export class FollowCompleteness {
  readonly #options: FollowOptions;
  readonly #commits: FollowCommits;
  #proof: Proof = NOTHING_PROVEN;

  constructor(options: FollowOptions, commits: FollowCommits) {
    this.#options = options;
    this.#commits = commits;
  }

  get status(): Completeness {
    return completenessOf(this.#proof);
  }

  /** For the journal: goes out with each batch. */
  get text(): string {
    return writeProof(this.#proof);
  }

  /** The newest alert of the file whose place is known. */
  get newest(): AlertMark | null {
    return this.#proof.newest;
  }

  /** The newest alert that was read, in whatever file; null where the journal remembers no proof. */
  get newestId(): string | null {
    return this.#proof.doubt?.alertId ?? this.#proof.newest?.alertId ?? this.#proof.before;
  }

  /** When the file was last changed as of the newest commit, epoch milliseconds of its host; null while unknown. */
  get fileMs(): number | null {
    return this.#proof.fileMs;
  }

  /** Goes back to what the journal knows. Throws JournalFailure. */
  load(): void {
    const { journal, sourceId } = this.#options;
    this.#proof = readProof(this.#commits.ask(() => journal.proof?.(sourceId) ?? null));
  }

  enterFile(): void {
    this.#proof = beginFile(this.#proof);
  }

  noteChange(fileMs: number | null): void {
    this.#proof = { ...this.#proof, fileMs };
  }

  /** Takes in alerts of the file that is read, in its order; tells and fills the gaps that they prove. */
  async judge(marks: readonly AlertMark[], format: AlertFormat, path: string): Promise<void> {
    for (const mark of marks) {
      const { proof, gap } = judgeAlert(this.#proof, mark, format);
      this.#proof = proof;
      if (gap) await this.#fillGap(gap, format, path);
    }
  }

  /**
   * Something could not be read: told with the next batch, with what the other form still held. A mere suspicion is not
   * told when the other form shows that nothing is missing.
   */
  async lose(
    loss: ReadingLoss,
    { after, before, isSuspicion }: Between & { readonly isSuspicion: boolean },
    format: AlertFormat,
  ): Promise<void> {
    // The same file, rewritten, begins with what was read long ago.
    const beforeAlertId = before !== null && isLater(before, after) ? before : null;
    const held = after === null ? NOT_HELD : await this.#walk(after, beforeAlertId, format);
    if (isSuspicion && isRefuted(held)) return;
    this.#tell({ ...loss, afterAlertId: after, beforeAlertId }, held, format);
    if (!held.isWhole) this.#proof = breakStretch(this.#proof, null);
  }

  async #fillGap(gap: FoundGap, format: AlertFormat, path: string): Promise<void> {
    const held = await this.#walk(gap.afterAlertId, gap.beforeAlertId, format);
    if (isRefuted(held)) return;
    if (gap.isCertain || held.alerts > 0) this.#tell(provenGapLoss(gap, path), held, format);
    if (!held.isWhole) this.#proof = breakStretch(this.#proof, gap.beforeAlertId);
  }

  #tell(loss: ReadingLoss, held: WalkResult, format: AlertFormat): void {
    const detail = `${loss.detail}${wordsFor(held, this.#siblingOf(format)?.path ?? '')}`;
    this.#proof = countGap(this.#proof, { atMs: this.#options.clock.now(), detail: detail.slice(0, 500) });
    this.#commits.addLoss({ ...loss, detail, isFilled: held.isWhole });
  }

  async #walk(after: string, before: string | null, format: AlertFormat): Promise<WalkResult> {
    const sibling = this.#siblingOf(format);
    if (!sibling) return NOT_HELD;
    const filled = new FilledRecords(this.#commits, sibling.format);
    try {
      const held = await walkSibling({
        files: this.#options.host,
        ...sibling,
        afterAlertId: after,
        beforeAlertId: before,
        take: (records, alerts) => filled.add(records, alerts),
      });
      filled.commit();
      return held;
    } catch (error) {
      throwIfUnreached(error);
      if (filled.hasFailed) throw error;
      // It may not be read by this account, or is damaged: then it holds nothing for us.
      return NOT_HELD;
    }
  }

  /** The live name of the other form; null beside a file that bears neither ending. */
  #siblingOf(format: AlertFormat): { readonly path: string; readonly format: AlertFormat } | null {
    const { path } = this.#options;
    const ending = pathsOf(this.#options.host).extname(path);
    if (ending !== `.${format}`) return null;
    const other = format === 'json' ? 'log' : 'json';
    return { path: `${path.slice(0, -ending.length)}.${other}`, format: other };
  }
}

function isRefuted({ isWhole, alerts }: WalkResult): boolean {
  return isWhole && alerts === 0;
}

function wordsFor({ isBegun, isWhole, alerts }: WalkResult, sibling: string): string {
  if (!isBegun) return '';
  if (isWhole && alerts === 0) return ` ${sibling} shows that no alert is missing.`;
  if (isWhole) return ` ${sibling} still held it: ${alerts} alerts were read from there.`;
  return ` ${sibling} still held a part of it: ${alerts} alerts were read from there.`;
}
