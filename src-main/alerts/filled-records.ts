import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { AlertRecord } from './alert-journal.ts';
import type { FollowCommits } from './follow-commits.ts';

const BATCH_RECORDS = 2_000;

/** Hands alerts that were taken from elsewhere to the journal; they move no position. */
export class FilledRecords {
  readonly #commits: FollowCommits;
  readonly #format: AlertFormat;
  #records: AlertRecord[] = [];
  #alerts = 0;
  /** The journal did not take them. */
  hasFailed = false;

  constructor(commits: FollowCommits, format: AlertFormat) {
    this.#commits = commits;
    this.#format = format;
  }

  /** `alerts`: how many there were, those of no interest included. Throws JournalFailure. */
  add(records: readonly AlertRecord[], alerts: number): void {
    for (const record of records) this.#records.push(record);
    this.#alerts += alerts;
    if (this.#records.length >= BATCH_RECORDS) this.commit();
  }

  commit(): void {
    if (this.#alerts === 0) return;
    this.hasFailed = true;
    this.#commits.commitFilled(this.#records, { format: this.#format, alerts: this.#alerts });
    this.hasFailed = false;
    this.#records = [];
    this.#alerts = 0;
  }
}
