import { NO_HASHES, type FileHashes } from '../../src-shared/domain/file-hash.ts';
import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { CHANGES, EventColumns, NONE, SUBJECTS, type PackedAlert, type PackedBatch } from './packed-batch.ts';
import {
  noRow,
  type ActorNames,
  type AgentNames,
  type RowMemo,
  type StorableEvent,
} from './storable-event.ts';

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

/** Unpacks the batches of one packer, all of them and in order: each builds on the values of those before. */
export class BatchUnpacker {
  #agents: AgentNames[] = [];
  #paths: string[] = [];
  #pathRows: RowMemo[] = [];
  #hashes: FileHashes[] = [];
  #fileRows: RowMemo[] = [];
  #actors: ActorNames[] = [];

  unpack({ events, columns, others, ...batch }: PackedBatch, taker: RecordTaker): void {
    this.#learn(batch);
    const read = new EventColumns(columns);
    let other = 0;
    for (let at = 0; at < events; at += 1) {
      for (; others[other]?.eventsBefore === at; other += 1) tell(others[other], taker);
      taker.event(this.#eventAt(at, read, batch.pathBytes), placeAt(at, read));
    }
    for (; other < others.length; other += 1) tell(others[other], taker);
  }

  #learn({ startsAnew, values }: Pick<PackedBatch, 'startsAnew' | 'values'>): void {
    if (startsAnew) {
      [this.#agents, this.#paths, this.#hashes, this.#actors] = [[], [], [], []];
      [this.#pathRows, this.#fileRows] = [[], []];
    }
    for (const agent of values.agents) this.#agents.push(agent);
    for (const path of values.paths) {
      this.#paths.push(path);
      this.#pathRows.push(noRow());
    }
    for (const hashes of values.hashes) {
      this.#hashes.push(hashes);
      this.#fileRows.push(noRow());
    }
    for (const actor of values.actors) this.#actors.push(actor);
  }

  #eventAt(at: number, columns: EventColumns, pathBytes: readonly Uint8Array[]): StorableEvent {
    const sizeBytes = columns.sizeBytes[at] ?? NONE;
    const path = columns.path[at] ?? 0;
    const hashes = columns.hashes[at] ?? 0;
    return {
      key: {
        sec: columns.alertSec[at] ?? 0,
        off: columns.alertOff[at] ?? 0,
        fingerprint: columns.fingerprint[at] ?? 0n,
      },
      timeMs: columns.timeMs[at] ?? 0,
      agent: this.#agents[columns.agent[at] ?? 0] ?? NOBODY,
      change: CHANGES[columns.change[at] ?? 0] ?? 'modified',
      subject: SUBJECTS[columns.subject[at] ?? 0] ?? 'file',
      path: this.#paths[path] ?? '',
      pathBytes: pathBytes.length === 0 ? null : (pathBytes[columns.pathBytes[at] ?? NONE] ?? null),
      after: {
        hashes: this.#hashes[hashes] ?? NO_HASHES,
        sizeBytes: sizeBytes === NONE ? null : sizeBytes,
      },
      actor: this.#actors[columns.actor[at] ?? 0] ?? NO_ACTOR,
      priority: PRIORITIES[columns.priority[at] ?? NONE] ?? LOOKUP_PRIORITY.newOther,
      memos: { path: this.#pathRows[path] ?? noRow(), file: this.#fileRows[hashes] ?? noRow() },
    };
  }
}

const NOBODY: AgentNames = { id: null, name: '' };
const NO_ACTOR: ActorNames = { user: '', process: '' };

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
