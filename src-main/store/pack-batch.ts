import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { NO_COUNTS } from '../../src-shared/domain/counts.ts';
import type { AlertRecord, MalformedRecord, ReadingLoss } from '../alerts/alert-journal.ts';
import type { ImportBatch, ImportTarget } from '../alerts/import-target.ts';
import type { ReaderOptions, ReadRecords } from '../alerts/record-reader.ts';
import type { Clock } from '../app/clock.ts';
import { OpenBlock } from './alert-blocks.ts';
import { CHANGES, EventColumns, NONE, SUBJECTS, type PackedAlert, type PackedBatch } from './packed-batch.ts';
import { LentBytes } from './lent-bytes.ts';
import { NumberedValues } from './numbered-values.ts';
import { newestOf } from './reading-records.ts';
import { storableEvent, type StorableEvent } from './storable-event.ts';

/** Input bytes and records of interest after which a batch is handed over. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_RECORDS = 2_000;

/** Packs what one import reads. One unpacker must take all its batches, in order. */
export class PackingTarget implements ImportTarget {
  readonly #values = new NumberedValues();
  readonly #lent = new LentBytes();
  readonly #block = new OpenBlock();
  readonly #clock: Clock;
  readonly #send: (batch: PackedBatch) => void;

  /** `send` may take the buffers of columns and blocks away. */
  constructor(clock: Clock, send: (batch: PackedBatch) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  readonly reading: ReaderOptions = { detail: 'stored', keepBytes: (bytes) => this.#lent.copy(bytes) };

  begin(format: AlertFormat, startOffset: number): ImportBatch {
    return new PackingBatch(format, startOffset, {
      values: this.#values,
      lent: this.#lent,
      block: this.#block,
      clock: this.#clock,
      send: this.#send,
    });
  }
}

/** What the batches of one import share. */
interface Tools {
  readonly values: NumberedValues;
  readonly lent: LentBytes;
  /** Empty between two batches. */
  readonly block: OpenBlock;
  readonly clock: Clock;
  readonly send: (batch: PackedBatch) => void;
}

class PackingBatch implements ImportBatch {
  readonly #format: AlertFormat;
  readonly #startOffset: number;
  readonly #startsAnew: boolean;
  readonly #values: NumberedValues;
  readonly #lent: LentBytes;
  readonly #clock: Clock;
  readonly #send: (batch: PackedBatch) => void;
  readonly #pathBytes: Uint8Array[] = [];
  readonly #others: PackedAlert[] = [];
  readonly #malformed: MalformedRecord[] = [];
  readonly #blocks: Uint8Array<ArrayBuffer>[] = [];
  readonly #open: OpenBlock;
  #columns = EventColumns.withRoomFor(BATCH_RECORDS / 4);
  #events = 0;
  #alerts = 0;
  #newestMs: number | null = null;
  #endOffset: number;

  constructor(format: AlertFormat, startOffset: number, { values, lent, block, clock, send }: Tools) {
    this.#format = format;
    this.#startOffset = startOffset;
    this.#endOffset = startOffset;
    this.#values = values;
    this.#lent = lent;
    this.#open = block;
    this.#startsAnew = values.begin();
    this.#clock = clock;
    this.#send = send;
  }

  add({ alerts, endOffset, records, malformed }: ReadRecords): void {
    const nowMs = this.#clock.now();
    this.#alerts += alerts;
    this.#endOffset = endOffset;
    this.#newestMs = newestOf(this.#newestMs, records);
    for (const record of records) this.#addRecord(record, nowMs);
    for (const record of malformed) this.#malformed.push(record);
    this.#lent.giveBack();
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  get isEmpty(): boolean {
    return this.#endOffset === this.#startOffset && this.#alerts === 0 && this.#malformed.length === 0;
  }

  get isFull(): boolean {
    const entries = this.#events + this.#others.length + this.#malformed.length;
    return entries >= BATCH_RECORDS || this.#endOffset - this.#startOffset >= BATCH_BYTES;
  }

  /** What it adds is counted where it is stored. */
  commit(losses: readonly ReadingLoss[]): typeof NO_COUNTS {
    if (!this.#open.isEmpty) this.#blocks.push(this.#open.close());
    this.#send({
      format: this.#format,
      alerts: this.#alerts,
      bytes: this.#endOffset - this.#startOffset,
      newestMs: this.#newestMs,
      events: this.#events,
      columns: this.#columns.buffer,
      startsAnew: this.#startsAnew,
      values: this.#values.takeNew(),
      pathBytes: this.#pathBytes,
      others: this.#others,
      blocks: this.#blocks,
      malformed: this.#malformed,
      losses,
    });
    return NO_COUNTS;
  }

  #addRecord({ alert, raw }: AlertRecord, nowMs: number): void {
    if (alert.kind !== 'fim') {
      this.#others.push({ eventsBefore: this.#events, alert });
      return;
    }
    if (this.#events === this.#columns.capacity) this.#columns = this.#columns.grown();
    this.#addEvent(this.#events, storableEvent(alert, nowMs));
    this.#addRaw(this.#events, raw);
    this.#events += 1;
  }

  #addEvent(
    at: number,
    { key, timeMs, agent, path, pathBytes, after, actor, ...event }: StorableEvent,
  ): void {
    const columns = this.#columns;
    const values = this.#values;
    columns.fingerprint[at] = key.fingerprint;
    columns.alertSec[at] = key.sec;
    columns.alertOff[at] = key.off;
    columns.timeMs[at] = timeMs;
    columns.sizeBytes[at] = after.sizeBytes ?? NONE;
    columns.agent[at] = values.agent(agent);
    columns.path[at] = values.path(path);
    columns.hashes[at] = values.hashes(after.hashes);
    columns.actor[at] = values.actor(actor);
    columns.pathBytes[at] = pathBytes === null ? NONE : this.#pathBytes.push(pathBytes) - 1;
    columns.change[at] = CHANGES.indexOf(event.change);
    columns.subject[at] = SUBJECTS.indexOf(event.subject);
    columns.priority[at] = event.priority;
  }

  #addRaw(at: number, raw: Uint8Array): void {
    if (this.#open.isFull) this.#blocks.push(this.#open.close());
    this.#columns.block[at] = this.#blocks.length;
    this.#columns.blockOffset[at] = this.#open.add(raw);
    this.#columns.blockLength[at] = raw.length;
  }
}
