import type { AgentRef, FimEvent } from '../../src-shared/domain/alert.ts';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import { priorityOfNewFile, type LookupPriority } from '../../src-shared/domain/lookup-priority.ts';
import { fimEventKey, type AlertKey } from './alert-key.ts';
import { storableTime, wholeOrNull } from './storable.ts';

/** All that the store takes of a FIM event, in a form that packs into columns (`packed-batch.ts`). */
export interface StorableEvent {
  readonly key: AlertKey;
  readonly timeMs: number;
  readonly agent: AgentNames;
  readonly change: FimEvent['change'];
  readonly subject: FimEvent['subject'];
  readonly path: string;
  readonly pathBytes: Uint8Array | null;
  readonly after: { readonly hashes: FileHashes; readonly sizeBytes: number | null };
  readonly actor: ActorNames;
  readonly priority: LookupPriority;
  /** Of the import that the event belongs to. */
  readonly memos?: { readonly path: RowMemo; readonly file: RowMemo };
}

/** Which row one of an import's values was stored as, so that it need not be found by its text each time. */
export interface RowMemo {
  id: number;
  /** Of what remembers: rows may be other ones after a transaction failed. */
  generation: number;
}

export function noRow(): RowMemo {
  return { id: 0, generation: -1 };
}

export type AgentNames = Pick<AgentRef, 'id' | 'name'>;

/** Who made the change; empty text where the alert is silent. */
export interface ActorNames {
  readonly user: string;
  readonly process: string;
}

/** `nowMs` stands in for a time that cannot be stored. */
export function storableEvent(event: FimEvent, nowMs: number): StorableEvent {
  const { agent, change, subject, path, pathBytes, after, actor } = event;
  const timeMs = storableTime(event.timeMs, nowMs);
  return {
    key: fimEventKey(timeMs === event.timeMs ? event : { ...event, timeMs }),
    timeMs,
    agent,
    change,
    subject,
    path,
    pathBytes,
    after: { hashes: after.hashes, sizeBytes: wholeOrNull(after.sizeBytes) },
    actor: { user: actor?.userName ?? actor?.loginName ?? '', process: actor?.processName ?? '' },
    priority: priorityOfNewFile(path, after.permissions),
  };
}
