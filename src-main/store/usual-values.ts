import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import {
  LOOKUP_PRIORITY,
  priorityOfNewFile,
  type LookupPriority,
} from '../../src-shared/domain/lookup-priority.ts';
import { FIM_TEXT, type FimText, type UsualFim } from '../alerts/usual-fim.ts';
import { isRegistryPath } from '../../src-shared/formats/fim-words.ts';
import type { NumberedValues } from './numbered-values.ts';
import type { AgentNames, StorableEvent } from './storable-event.ts';

/** Places for values of each kind. What has the same place takes turns there: slower, never wrong. */
const SLOTS = 32_768;
/** Bytes at the end of a text that decide its place. */
const MIXED_BYTES = 24;

export interface UsualAgent extends AgentNames {
  readonly number: number;
}
export interface UsualPath {
  readonly text: string;
  readonly number: number;
  readonly subject: StorableEvent['subject'];
  readonly priority: LookupPriority;
}
export interface UsualHashes extends FileHashes {
  readonly number: number;
}
interface UsualPermissions {
  readonly text: string;
  readonly mayRun: boolean;
}

type Slots<Value> = (Value | undefined)[];

function emptySlots(): undefined[] {
  return Array.from({ length: SLOTS }, () => undefined);
}

/**
 * The values of usual FIM alerts with their numbers, found by their bytes: a value that was met before is not made into
 * a text again.
 */
export class UsualValues {
  readonly #values: NumberedValues;
  #agents: Slots<UsualAgent> = emptySlots();
  #paths: Slots<UsualPath> = emptySlots();
  #hashes: Slots<UsualHashes> = emptySlots();
  readonly #permissions: Slots<UsualPermissions> = emptySlots();

  constructor(values: NumberedValues) {
    this.#values = values;
  }

  /** When the numbering begins anew. */
  forget(): void {
    this.#agents = emptySlots();
    this.#paths = emptySlots();
    this.#hashes = emptySlots();
  }

  agent(fim: UsualFim): UsualAgent {
    const slot = slotOf(fim, FIM_TEXT.agentName);
    const known = this.#agents[slot];
    if (known && isText(known.name, fim, FIM_TEXT.agentName) && isText(known.id, fim, FIM_TEXT.agentId))
      return known;
    const names = { id: fim.textOf(FIM_TEXT.agentId), name: fim.textOf(FIM_TEXT.agentName) };
    return (this.#agents[slot] = { ...names, number: this.#values.agent(names) });
  }

  path(fim: UsualFim): UsualPath {
    const slot = slotOf(fim, FIM_TEXT.path);
    const known = this.#paths[slot];
    if (known && isText(known.text, fim, FIM_TEXT.path)) return known;
    const text = fim.textOf(FIM_TEXT.path);
    return (this.#paths[slot] = {
      text,
      number: this.#values.path(text),
      subject: isRegistryPath(text) ? 'registry-key' : 'file',
      priority: priorityOfNewFile(text, null),
    });
  }

  hashes(fim: UsualFim): UsualHashes {
    const { sha256, sha1, md5 } = FIM_TEXT;
    const slot = slotOf(fim, fim.length(sha256) > 0 ? sha256 : fim.length(sha1) > 0 ? sha1 : md5);
    const known = this.#hashes[slot];
    const isKnown =
      known &&
      isText(known.sha256, fim, sha256) &&
      isText(known.sha1, fim, sha1) &&
      isText(known.md5, fim, md5);
    if (isKnown) return known;
    const hashes = { sha256: digestOf(fim, sha256), sha1: digestOf(fim, sha1), md5: digestOf(fim, md5) };
    return (this.#hashes[slot] = { ...hashes, number: this.#values.hashes(hashes) });
  }

  /** Of a file seen for the first time. */
  priority(fim: UsualFim, path: UsualPath): LookupPriority {
    if (fim.length(FIM_TEXT.permissions) === 0) return path.priority;
    const slot = slotOf(fim, FIM_TEXT.permissions);
    let known = this.#permissions[slot];
    if (!known || !isText(known.text, fim, FIM_TEXT.permissions)) {
      const text = fim.textOf(FIM_TEXT.permissions);
      const mayRun = priorityOfNewFile('', text.trim()) === LOOKUP_PRIORITY.newExecutable;
      this.#permissions[slot] = known = { text, mayRun };
    }
    return known.mayRun ? LOOKUP_PRIORITY.newExecutable : path.priority;
  }
}

function digestOf(fim: UsualFim, digest: FimText): string | null {
  return fim.length(digest) === 0 ? null : fim.textOf(digest);
}

function slotOf(fim: UsualFim, text: FimText): number {
  const { bytes } = fim;
  const end = fim.start(text) + fim.length(text);
  const start = Math.max(fim.start(text), end - MIXED_BYTES);
  let mixed = 0;
  for (let at = start; at < end; at += 1) mixed = Math.imul(mixed ^ (bytes[at] ?? 0), 0x01000193);
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
}

/** No text stands for an absent one. */
function isText(known: string | null, fim: UsualFim, text: FimText): boolean {
  const length = fim.length(text);
  if (known === null) return length === 0;
  if (known.length !== length) return false;
  const { bytes } = fim;
  const start = fim.start(text);
  for (let at = 0; at < length; at += 1) if (known.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}
