import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { AlertRecord, MalformedRecord, Position, ReadingLoss } from '../alerts/alert-journal.ts';
import { storableTime } from './storable.ts';
import type { WriteSession } from './write-session.ts';

/** Malformed lines kept for the eye; beyond this they are counted only, so that a hostile file cannot fill the disk. */
const KEPT_MALFORMED_LINES = 10_000;

/** What reading itself leaves behind: positions, totals of each source, malformed lines, losses. */
export class ReadingRecords {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  position(sourceId: number): Position | null {
    return this.#statements.position.get(sourceId) ?? null;
  }

  proof(sourceId: number): string | null {
    return this.#statements.proof.get(sourceId) ?? null;
  }

  /** The number of the manager that a source belongs to: the first source that has its name. */
  managerOf(sourceId: number): number {
    return this.#statements.managerOf.get(sourceId) ?? sourceId;
  }

  /** What the reader has proven about the source, as it wrote it. */
  prove(sourceId: number, proof: string): void {
    this.#statements.prove.run(sourceId, proof);
  }

  /** Malformed lines met again (a file imported twice) are not counted twice. */
  addMalformed(sourceId: number, malformed: readonly MalformedRecord[], nowMs: number): void {
    if (malformed.length === 0) return;
    let room = KEPT_MALFORMED_LINES - (this.#statements.countMalformed.get() ?? 0);
    for (const { offset, lengthBytes, reason, excerpt } of malformed) {
      if (room <= 0) {
        this.#session.tally.add('malformed', 1);
        continue;
      }
      const { changes } = this.#statements.addMalformed.run(
        sourceId,
        offset,
        lengthBytes,
        reason,
        excerpt.slice(0, 200),
        nowMs,
      );
      this.#session.tally.add('malformed', changes);
      room -= changes;
    }
  }

  addLosses(sourceId: number, losses: readonly ReadingLoss[], nowMs: number): void {
    for (const { detail, bytesAtMost, afterAlertId = null, beforeAlertId = null, isFilled } of losses) {
      const filled = Number(isFilled === true);
      this.#statements.addLoss.run(sourceId, detail, bytesAtMost, nowMs, afterAlertId, beforeAlertId, filled);
    }
  }

  /** Adds to the source's totals; `newestMs` is the time of the newest alert among what is added. Throws without a source. */
  addCounts(sourceId: number, counts: ReadCounts, newestMs: number | null): void {
    const { changes } = this.#statements.addCounts.run({ ...counts, newestMs, sourceId });
    if (changes === 0) throw new RangeError(`There is no source ${sourceId}.`);
  }

  move(sourceId: number, position: Position): void {
    this.#statements.move.run({ ...position, sourceId });
  }
}

/** The newest time among `newestMs` and these alerts of interest; null without any. */
export function newestOf(newestMs: number | null, records: readonly AlertRecord[]): number | null {
  let newest = newestMs;
  for (const { alert } of records) {
    const timeMs = storableTime(alert.timeMs, 0);
    if (newest === null || timeMs > newest) newest = timeMs;
  }
  return newest;
}

function prepareStatements({ db }: WriteSession) {
  return {
    position: db.prepare<[number], Position>(
      `SELECT device, inode, head_hash AS headHash, head_length AS headLength, byte_offset AS "offset",
         alert_id AS alertId
       FROM position WHERE source_id = ?`,
    ),
    managerOf: db
      .prepare<[number], number | null>(
        'SELECT min(same.id) FROM source AS own JOIN source AS same ON same.profile = own.profile WHERE own.id = ?',
      )
      .pluck(),
    countMalformed: db.prepare<[], number>('SELECT count(*) FROM malformed_line').pluck(),
    addMalformed: db.prepare<[number, number, number, string, string, number]>(
      `INSERT INTO malformed_line (source_id, byte_offset, length_bytes, reason, excerpt, found_ms)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    proof: db.prepare<[number], string>('SELECT proof FROM completeness WHERE source_id = ?').pluck(),
    prove: db.prepare<[number, string]>(
      `INSERT INTO completeness (source_id, proof) VALUES (?, ?)
       ON CONFLICT (source_id) DO UPDATE SET proof = excluded.proof`,
    ),
    addLoss: db.prepare<[number, string, number | null, number, string | null, string | null, number]>(
      `INSERT INTO reading_loss (source_id, detail, bytes_at_most, found_ms, after_alert_id, before_alert_id, is_filled)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    addCounts: db.prepare<ReadCounts & { newestMs: number | null; sourceId: number }>(
      `UPDATE source SET alerts = alerts + @alerts, fim_events = fim_events + @fimEvents, known = known + @known,
         manager_verdicts = manager_verdicts + @managerVerdicts, lookup_failures = lookup_failures + @lookupFailures,
         malformed = malformed + @malformed, bytes = bytes + @bytes,
         last_alert_ms = max(coalesce(last_alert_ms, @newestMs), coalesce(@newestMs, last_alert_ms))
       WHERE id = @sourceId`,
    ),
    move: db.prepare<Position & { sourceId: number }>(
      `INSERT INTO position (source_id, device, inode, head_hash, head_length, byte_offset, alert_id)
       VALUES (@sourceId, @device, @inode, @headHash, @headLength, @offset, @alertId)
       ON CONFLICT (source_id) DO UPDATE SET device = excluded.device, inode = excluded.inode,
         head_hash = excluded.head_hash, head_length = excluded.head_length, byte_offset = excluded.byte_offset,
         alert_id = excluded.alert_id`,
    ),
  };
}
