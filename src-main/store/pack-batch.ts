import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { NO_COUNTS } from '../../src-shared/domain/counts.ts';
import type { AlertRecord, MalformedRecord, ReadingLoss } from '../alerts/alert-journal.ts';
import type { ImportBatch, ImportTarget } from '../alerts/import-target.ts';
import type { ReaderOptions, ReadRecords } from '../alerts/record-reader.ts';
import { USUAL_CHANGES, type UsualFim } from '../alerts/usual-fim.ts';
import type { Clock } from '../app/clock.ts';
import { OpenBlock } from './alert-blocks.ts';
import { usualFingerprint } from './alert-key.ts';
import { CHANGES, EventColumns, NONE, SUBJECTS, type PackedAlert, type PackedBatch } from './packed-batch.ts';
import { NumberedValues } from './numbered-values.ts';
import { storableEvent, type ActorNames, type StorableEvent } from './storable-event.ts';
import { storableTime } from './storable.ts';
import { UsualValues } from './usual-values.ts';

/** Input bytes and records of interest after which a batch is handed over. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_RECORDS = 2_000;

/** Packs what one import reads. One unpacker must take all its batches, in order. */
export class PackingTarget implements ImportTarget {
  readonly #values = new NumberedValues();
  readonly #usual = new UsualValues(this.#values);
  readonly #block = new OpenBlock();
  readonly #clock: Clock;
  readonly #send: (batch: PackedBatch) => void;
  #batch: PackingBatch | null = null;

  /** `send` may take the buffers of columns and blocks away. */
  constructor(clock: Clock, send: (batch: PackedBatch) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Records go straight into the batch that was begun last. */
  readonly reading: ReaderOptions = {
    detail: 'stored',
    taker: {
      record: (alert, raw) => this.#batch?.takeRecord(alert, raw),
      usualFim: (fim, raw) => this.#batch?.takeUsual(fim, raw),
    },
  };

  begin(format: AlertFormat, startOffset: number): ImportBatch {
    this.#batch = new PackingBatch(format, startOffset, {
      values: this.#values,
      usual: this.#usual,
      block: this.#block,
      clock: this.#clock,
      send: this.#send,
    });
    return this.#batch;
  }
}

/** What the batches of one import share. */
interface Tools {
  readonly values: NumberedValues;
  readonly usual: UsualValues;
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
  readonly #usual: UsualValues;
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

  constructor(format: AlertFormat, startOffset: number, { values, usual, block, clock, send }: Tools) {
    this.#format = format;
    this.#startOffset = startOffset;
    this.#endOffset = startOffset;
    this.#values = values;
    this.#usual = usual;
    this.#open = block;
    this.#startsAnew = values.begin();
    if (this.#startsAnew) usual.forget();
    this.#clock = clock;
    this.#send = send;
  }

  add({ alerts, endOffset, malformed }: ReadRecords): void {
    this.#alerts += alerts;
    this.#endOffset = endOffset;
    for (const record of malformed) this.#malformed.push(record);
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

  takeRecord(alert: AlertRecord['alert'], raw: Uint8Array): void {
    this.#newest(storableTime(alert.timeMs, 0));
    if (alert.kind !== 'fim') {
      this.#others.push({ eventsBefore: this.#events, alert });
      return;
    }
    const at = this.#nextPlace();
    this.#addEvent(at, storableEvent(alert, this.#clock.now()));
    this.#addRaw(at, raw);
  }

  /** As `takeRecord` of what it decodes to. */
  takeUsual(fim: UsualFim, raw: Uint8Array): void {
    this.#newest(fim.timeMs);
    const at = this.#nextPlace();
    const [columns, values] = [this.#columns, this.#usual];
    const agent = values.agent(fim);
    const path = values.path(fim);
    const hashes = values.hashes(fim);
    const change = USUAL_CHANGES[fim.change] ?? 'modified';
    columns.fingerprint[at] = usualFingerprint(change, agent.name, hashes, path.text);
    columns.alertSec[at] = fim.alertSec;
    columns.alertOff[at] = fim.alertOff;
    columns.timeMs[at] = fim.timeMs;
    columns.sizeBytes[at] = fim.sizeBytes;
    columns.agent[at] = agent.number;
    columns.path[at] = path.number;
    columns.hashes[at] = hashes.number;
    columns.actor[at] = this.#values.actor(NO_ACTOR);
    columns.pathBytes[at] = NONE;
    columns.change[at] = CHANGES.indexOf(change);
    columns.subject[at] = SUBJECTS.indexOf(path.subject);
    columns.priority[at] = values.priority(fim, path);
    this.#addRaw(at, raw);
  }

  #newest(timeMs: number): void {
    if (this.#newestMs === null || timeMs > this.#newestMs) this.#newestMs = timeMs;
  }

  #nextPlace(): number {
    if (this.#events === this.#columns.capacity) this.#columns = this.#columns.grown();
    return this.#events++;
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

/** Usual alerts do not tell who made a change. */
const NO_ACTOR: ActorNames = { user: '', process: '' };
