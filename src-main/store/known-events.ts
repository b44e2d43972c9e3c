import type { Database } from 'better-sqlite3';
import type { AlertKey } from './alert-key.ts';

/**
 * Which events are in the store. Alerts come in the order in which they were raised, so that most are newer than
 * all that is stored: those need no question.
 */
export class KnownEvents {
  readonly #find;
  /** No stored event is newer. After a transaction that failed it may be too new, which only costs questions. */
  #newest: Pick<AlertKey, 'sec' | 'off'>;

  constructor(db: Database) {
    this.#find = db
      .prepare<[number, number, bigint], number>(
        'SELECT 1 FROM event WHERE alert_sec = ? AND alert_off = ? AND fingerprint = ?',
      )
      .pluck();
    const newest = db.prepare<[], Pick<AlertKey, 'sec' | 'off'>>(
      'SELECT alert_sec AS sec, alert_off AS off FROM event ORDER BY alert_sec DESC, alert_off DESC LIMIT 1',
    );
    this.#newest = newest.get() ?? { sec: -1, off: -1 };
  }

  has({ sec, off, fingerprint }: AlertKey): boolean {
    return !this.#isNewer(sec, off) && this.#find.get(sec, off, fingerprint) !== undefined;
  }

  /** An event was stored. */
  add({ sec, off }: AlertKey): void {
    if (this.#isNewer(sec, off)) this.#newest = { sec, off };
  }

  #isNewer(sec: number, off: number): boolean {
    return sec > this.#newest.sec || (sec === this.#newest.sec && off > this.#newest.off);
  }
}
