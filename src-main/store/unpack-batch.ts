import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { CHANGES, EventColumns, NONE, SUBJECTS, type PackedAlert, type PackedBatch } from './packed-batch.ts';
import type { StorableEvent } from './storable-event.ts';

/** Where an event's source bytes stand within its batch. */
export interface PackedPlace {
  /** Place in `blocks`. */
  readonly block: number;
  readonly offset: number;
  readonly length: number;
}

/** What is told of a batch's records, in their order. */
export interface RecordTaker {
  event(event: StorableEvent, place: PackedPlace): void;
  other(alert: PackedAlert['alert']): void;
}

/** Unpacks the batches of one packer, all of them and in order: each builds on the texts of those before. */
export class BatchUnpacker {
  #texts: string[] = [];

  unpack({ events, columns, others, ...batch }: PackedBatch, taker: RecordTaker): void {
    if (batch.startsTextsAnew) this.#texts = [];
    for (const text of batch.texts) this.#texts.push(text);
    const read = new EventColumns(columns);
    let other = 0;
    for (let at = 0; at < events; at += 1) {
      for (; others[other]?.eventsBefore === at; other += 1) tell(others[other], taker);
      taker.event(this.#eventAt(at, read, batch.pathBytes), placeAt(at, read));
    }
    for (; other < others.length; other += 1) tell(others[other], taker);
  }

  #eventAt(at: number, columns: EventColumns, pathBytes: readonly Uint8Array[]): StorableEvent {
    const sizeBytes = columns.sizeBytes[at] ?? NONE;
    return {
      key: {
        sec: columns.alertSec[at] ?? 0,
        off: columns.alertOff[at] ?? 0,
        fingerprint: columns.fingerprint[at] ?? 0n,
      },
      timeMs: columns.timeMs[at] ?? 0,
      agent: { id: this.#textAt(columns.agentId[at]), name: this.#textAt(columns.agentName[at]) ?? '' },
      change: CHANGES[columns.change[at] ?? 0] ?? 'modified',
      subject: SUBJECTS[columns.subject[at] ?? 0] ?? 'file',
      path: this.#textAt(columns.path[at]) ?? '',
      pathBytes: pathBytes.length === 0 ? null : (pathBytes[columns.pathBytes[at] ?? NONE] ?? null),
      after: { hashes: this.#hashesAt(at, columns), sizeBytes: sizeBytes === NONE ? null : sizeBytes },
      actor: {
        user: this.#textAt(columns.user[at]) ?? '',
        process: this.#textAt(columns.process[at]) ?? '',
      },
      priority: PRIORITIES[columns.priority[at] ?? NONE] ?? LOOKUP_PRIORITY.newOther,
    };
  }

  #hashesAt(at: number, columns: EventColumns): FileHashes {
    return {
      sha256: this.#textAt(columns.sha256[at]),
      sha1: this.#textAt(columns.sha1[at]),
      md5: this.#textAt(columns.md5[at]),
    };
  }

  #textAt(number: number | undefined): string | null {
    return number === undefined || number === NONE ? null : (this.#texts[number] ?? null);
  }
}

/** By their own number. */
const PRIORITIES = Object.values(LOOKUP_PRIORITY).toSorted((a, b) => a - b);

function placeAt(at: number, columns: EventColumns): PackedPlace {
  return {
    block: columns.block[at] ?? 0,
    offset: columns.blockOffset[at] ?? 0,
    length: columns.blockLength[at] ?? 0,
  };
}

function tell(other: PackedAlert | undefined, taker: RecordTaker): void {
  if (other) taker.other(other.alert);
}
