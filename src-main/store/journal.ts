import type { Alert, FimEvent, OtherAlert } from '../../src-shared/domain/alert.ts';
import { NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import { assertNever } from '../../src-shared/errors/domain-error.ts';
import type { AlertBatch, AlertJournal, Position } from '../alerts/alert-journal.ts';
import { AlertBlocks, type BlockPlace } from './alert-blocks.ts';
import { FimEvents } from './fim-events.ts';
import { ManagerAlerts } from './manager-alerts.ts';
import type { PackedBatch } from './packed-batch.ts';
import { PublicationQueue } from './publication-queue.ts';
import { newestOf, ReadingRecords } from './reading-records.ts';
import { storableEvent, type StorableEvent } from './storable-event.ts';
import type { BatchUnpacker, PackedPlace } from './unpack-batch.ts';
import type { WriteSession } from './write-session.ts';

/** What a packed batch belongs to. */
export interface PackedOrigin {
  readonly sourceId: number;
  /** Of this import alone. */
  readonly unpacker: BatchUnpacker;
}

/** Takes what readers decoded: all rows of a batch, every counter and the position in one transaction. */
export class StoreJournal implements AlertJournal {
  readonly #session: WriteSession;
  readonly #blocks: AlertBlocks;
  readonly #events: FimEvents;
  readonly #manager: ManagerAlerts;
  readonly #publications: PublicationQueue;
  readonly #reading: ReadingRecords;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#blocks = new AlertBlocks(session.db);
    this.#events = new FimEvents(session);
    this.#manager = new ManagerAlerts(session);
    this.#publications = new PublicationQueue(session);
    this.#reading = new ReadingRecords(session);
  }

  position(sourceId: number): Position | null {
    return this.#reading.position(sourceId);
  }

  proof(sourceId: number): string | null {
    return this.#reading.proof(sourceId);
  }

  commit(batch: AlertBatch, nowMs: number): ReadCounts {
    return this.#session.run(() => this.#write(batch, nowMs));
  }

  /** As `commit`, but durable only when the session finishes (`WriteSession.runUnfinished`). */
  addUnfinished(batch: AlertBatch, nowMs: number): ReadCounts {
    return this.#session.runUnfinished(() => this.#write(batch, nowMs));
  }

  /** As `addUnfinished`, of a batch that another thread packed. */
  addPackedUnfinished(batch: PackedBatch, origin: PackedOrigin, nowMs: number): ReadCounts {
    return this.#session.runUnfinished(() => this.#writePacked(batch, origin, nowMs));
  }

  #write(batch: AlertBatch, nowMs: number): ReadCounts {
    const taken = this.#taken(batch, batch.sourceId, nowMs);
    this.#blocks.begin();
    for (const { alert, raw } of batch.records) {
      if (alert.kind === 'fim')
        this.#addEvent(storableEvent(alert, nowMs), taken, () => this.#blocks.add(raw));
      else this.#addOther(alert, taken);
    }
    this.#blocks.close();
    this.#addReading(batch, newestOf(null, batch.records), taken);
    if (batch.position) this.#reading.move(batch.sourceId, batch.position);
    if (batch.proof !== undefined) this.#reading.prove(batch.sourceId, batch.proof);
    return taken.counts;
  }

  #writePacked(batch: PackedBatch, { sourceId, unpacker }: PackedOrigin, nowMs: number): ReadCounts {
    const taken = this.#taken(batch, sourceId, nowMs);
    const places = this.#placesOf(batch);
    this.#blocks.begin();
    unpacker.unpack(batch, {
      event: (event, place) => this.#addEvent(event, taken, () => places(place)),
      other: (alert) => this.#addOther(alert, taken),
    });
    this.#addReading(batch, batch.newestMs, taken);
    return taken.counts;
  }

  #taken(
    batch: Pick<AlertBatch, 'format' | 'alerts' | 'bytes' | 'malformed'>,
    sourceId: number,
    nowMs: number,
  ): Taken {
    const managerId = this.#reading.managerOf(sourceId);
    return { sourceId, managerId, isJson: batch.format === 'json', nowMs, counts: countsOf(batch) };
  }

  /** Stores a block with the first of its events that is new: one whose events are all known leaves no trace. */
  #placesOf({ blocks }: PackedBatch): (place: PackedPlace) => BlockPlace {
    const ids = new Map<number, number>();
    return ({ block, offset, length }) => {
      let blockId = ids.get(block);
      if (blockId === undefined) {
        blockId = this.#blocks.addClosed(blocks[block] ?? NO_BYTES);
        ids.set(block, blockId);
      }
      return { blockId, offset, length };
    };
  }

  #addEvent(
    event: StorableEvent,
    { sourceId, managerId, isJson, nowMs, counts }: Taken,
    placeOf: () => BlockPlace,
  ): void {
    counts.fimEvents += 1;
    if (!this.#events.add(event, { sourceId, managerId, isJson }, nowMs, placeOf)) counts.known += 1;
  }

  #addOther(
    alert: Exclude<Alert, FimEvent | OtherAlert>,
    { sourceId, managerId, nowMs, counts }: Taken,
  ): void {
    switch (alert.kind) {
      case 'manager-verdict':
        counts.managerVerdicts += 1;
        return this.#manager.addVerdict(alert, managerId, nowMs);
      case 'lookup-failure':
        counts.lookupFailures += 1;
        return this.#manager.addFailure(alert);
      case 'own-outcome':
        return this.#publications.seen(alert.marker);
      case 'response':
      case 'kes':
        return this.#manager.addResponse(alert, sourceId, nowMs);
      default:
        return assertNever(alert);
    }
  }

  #addReading(
    { malformed, losses }: Pick<AlertBatch, 'malformed' | 'losses'>,
    newestMs: number | null,
    { sourceId, nowMs, counts }: Taken,
  ): void {
    this.#reading.addMalformed(sourceId, malformed, nowMs);
    this.#reading.addLosses(sourceId, losses, nowMs);
    this.#reading.addCounts(sourceId, counts, newestMs);
  }
}

const NO_BYTES = new Uint8Array();

/** What the records of one batch have in common, and what they add up to. */
interface Taken {
  readonly sourceId: number;
  readonly managerId: number;
  readonly isJson: boolean;
  readonly nowMs: number;
  readonly counts: Mutable<ReadCounts>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function countsOf({ alerts, bytes, malformed }: Pick<AlertBatch, 'alerts' | 'bytes' | 'malformed'>) {
  return { ...NO_COUNTS, alerts, bytes, malformed: malformed.length };
}
