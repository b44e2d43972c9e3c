import { NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import { assertNever } from '../../src-shared/errors/domain-error.ts';
import type { AlertBatch, AlertJournal, AlertRecord, Position } from '../alerts/alert-journal.ts';
import { AlertBlocks } from './alert-blocks.ts';
import { FimEvents } from './fim-events.ts';
import { ManagerAlerts } from './manager-alerts.ts';
import { ReadingRecords } from './reading-records.ts';
import type { WriteSession } from './write-session.ts';

/** Takes what readers decoded: all rows of a batch, every counter and the position in one transaction. */
export class StoreJournal implements AlertJournal {
  readonly #session: WriteSession;
  readonly #blocks: AlertBlocks;
  readonly #events: FimEvents;
  readonly #manager: ManagerAlerts;
  readonly #reading: ReadingRecords;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#blocks = new AlertBlocks(session.db);
    this.#events = new FimEvents(session, this.#blocks);
    this.#manager = new ManagerAlerts(session);
    this.#reading = new ReadingRecords(session);
  }

  position(sourceId: number): Position | null {
    return this.#reading.position(sourceId);
  }

  commit(batch: AlertBatch, nowMs: number): ReadCounts {
    return this.#session.run(() => this.#write(batch, nowMs));
  }

  /** As `commit`, but durable only when the session finishes (`WriteSession.runUnfinished`). */
  addUnfinished(batch: AlertBatch, nowMs: number): ReadCounts {
    return this.#session.runUnfinished(() => this.#write(batch, nowMs));
  }

  #write(batch: AlertBatch, nowMs: number): ReadCounts {
    this.#blocks.begin();
    const counts = { ...NO_COUNTS, alerts: batch.alerts, bytes: batch.bytes };
    for (const record of batch.records) this.#add(record, batch, nowMs, counts);
    this.#blocks.close();
    this.#reading.addMalformed(batch, nowMs);
    this.#reading.addLosses(batch, nowMs);
    counts.malformed = batch.malformed.length;
    this.#reading.advance(batch, counts);
    return counts;
  }

  #add(record: AlertRecord, batch: AlertBatch, nowMs: number, counts: Mutable<ReadCounts>): void {
    const { alert } = record;
    switch (alert.kind) {
      case 'fim':
        counts.fimEvents += 1;
        if (!this.#events.add(alert, record, batch, nowMs)) counts.known += 1;
        return;
      case 'manager-verdict':
        counts.managerVerdicts += 1;
        return this.#manager.addVerdict(alert, nowMs);
      case 'lookup-failure':
        counts.lookupFailures += 1;
        return this.#manager.addFailure(alert);
      case 'response':
      case 'kes':
        return this.#manager.addResponse(alert, nowMs);
      default:
        return assertNever(alert);
    }
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
