import type { Alert, AlertFormat, FimEvent, OtherAlert } from '../../src-shared/domain/alert.ts';
import type { MalformedRecord, ReadingLoss } from '../alerts/alert-journal.ts';
import type { CommonValues } from './numbered-values.ts';

/**
 * A batch as it crosses from the thread that reads and decodes to the one that writes: numbers in columns, what events
 * have in common sent once, source bytes compressed already. It carries exactly what `StorableEvent` holds.
 */
export interface PackedBatch {
  readonly format: AlertFormat;
  readonly alerts: number;
  readonly bytes: number;
  /** Of the newest alert of interest; null without any. */
  readonly newestMs: number | null;
  readonly events: number;
  /** `EventColumns`, with room for at least as many events. */
  readonly columns: ArrayBuffer;
  /** Numbers of common values begin anew with this batch. */
  readonly startsAnew: boolean;
  /** Values met for the first time, numbered on from those sent before. */
  readonly values: CommonValues;
  /** Paths as bytes, for the events whose text lost some. */
  readonly pathBytes: readonly Uint8Array[];
  /** What is no FIM event, in order. */
  readonly others: readonly PackedAlert[];
  /** Source bytes of the events, as in `alert_block`, each in a buffer of its own. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  readonly malformed: readonly MalformedRecord[];
  readonly losses: readonly ReadingLoss[];
}

export interface PackedAlert {
  /** How many events of the batch come before it. */
  readonly eventsBefore: number;
  readonly alert: Exclude<Alert, FimEvent | OtherAlert>;
}

/** Stands for an absent size, or for a path without bytes of its own. */
export const NONE = -1;

/** The words that are packed as their place in these lists. */
export const CHANGES = ['added', 'modified', 'deleted', 'readded'] as const satisfies FimEvent['change'][];
export const SUBJECTS = ['file', 'registry-key', 'registry-value'] as const satisfies FimEvent['subject'][];

/** The numbers of a batch's events, one array a column, over one buffer. */
export class EventColumns {
  readonly fingerprint: BigInt64Array;
  readonly alertSec: Float64Array;
  readonly alertOff: Float64Array;
  readonly timeMs: Float64Array;
  readonly sizeBytes: Float64Array;
  /** Numbers of common values. */
  readonly agent: Int32Array;
  readonly path: Int32Array;
  readonly hashes: Int32Array;
  readonly actor: Int32Array;
  /** Places in `pathBytes` and `blocks`, and in the unpacked block. */
  readonly pathBytes: Int32Array;
  readonly block: Int32Array;
  readonly blockOffset: Int32Array;
  readonly blockLength: Int32Array;
  readonly change: Uint8Array;
  readonly subject: Uint8Array;
  readonly priority: Uint8Array;

  readonly buffer: ArrayBuffer;
  /** How many events there is room for. */
  readonly capacity: number;

  constructor(buffer: ArrayBuffer) {
    const capacity = buffer.byteLength / BYTES_AN_EVENT;
    const wide = (at: number) => new Float64Array(buffer, 8 * at * capacity, capacity);
    const middle = (at: number) => new Int32Array(buffer, (8 * WIDE + 4 * at) * capacity, capacity);
    const narrow = (at: number) => new Uint8Array(buffer, (8 * WIDE + 4 * MIDDLE + at) * capacity, capacity);
    this.buffer = buffer;
    this.capacity = capacity;
    this.fingerprint = new BigInt64Array(buffer, 0, capacity);
    [this.alertSec, this.alertOff, this.timeMs, this.sizeBytes] = [wide(1), wide(2), wide(3), wide(4)];
    [this.agent, this.path, this.hashes, this.actor] = [middle(0), middle(1), middle(2), middle(3)];
    [this.pathBytes, this.block] = [middle(4), middle(5)];
    [this.blockOffset, this.blockLength] = [middle(6), middle(7)];
    [this.change, this.subject, this.priority] = [narrow(0), narrow(1), narrow(2)];
  }

  static withRoomFor(events: number): EventColumns {
    return new EventColumns(new ArrayBuffer(events * BYTES_AN_EVENT));
  }

  /** The same events with twice the room. */
  grown(): EventColumns {
    const grown = EventColumns.withRoomFor(this.capacity * 2);
    grown.fingerprint.set(this.fingerprint);
    const [to, from] = [grown.#numbers(), this.#numbers()];
    for (const [at, column] of from.entries()) to[at]?.set(column);
    return grown;
  }

  #numbers(): readonly (Float64Array | Int32Array | Uint8Array)[] {
    return [
      this.alertSec,
      this.alertOff,
      this.timeMs,
      this.sizeBytes,
      this.agent,
      this.path,
      this.hashes,
      this.actor,
      this.pathBytes,
      this.block,
      this.blockOffset,
      this.blockLength,
      this.change,
      this.subject,
      this.priority,
    ];
  }
}

/** Columns of eight, four and one byte. The widest come first: each column begins where its numbers may. */
const WIDE = 5;
const MIDDLE = 8;
const NARROW = 3;
const BYTES_AN_EVENT = 8 * WIDE + 4 * MIDDLE + NARROW;
