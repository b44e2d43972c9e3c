import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import type { ActorNames, AgentNames } from './storable-event.ts';

/** What events have in common with others. Each value crosses to the other thread once and is named by its number then. */
export interface CommonValues {
  readonly agents: readonly AgentNames[];
  readonly paths: readonly string[];
  readonly hashes: readonly FileHashes[];
  readonly actors: readonly ActorNames[];
}

/** When one of these is passed the numbering begins anew, so that neither thread remembers without end. */
const MOST_VALUES = 32_768;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Numbers the values of each kind in the order in which they are first met. */
export class NumberedValues {
  readonly #agents = new Numbering<AgentNames>(
    (a, b) => a.name === b.name && a.id === b.id,
    ({ id, name }) => ({ id: ownCopy(id), name: ownCopy(name) }),
  );
  readonly #paths = new Numbering<string>((a, b) => a === b, ownCopy);
  readonly #hashes = new Numbering<FileHashes>(
    (a, b) => a.sha256 === b.sha256 && a.sha1 === b.sha1 && a.md5 === b.md5,
    ({ sha256, sha1, md5 }) => ({ sha256: ownCopy(sha256), sha1: ownCopy(sha1), md5: ownCopy(md5) }),
  );
  readonly #actors = new Numbering<ActorNames>(
    (a, b) => a.user === b.user && a.process === b.process,
    ({ user, process }) => ({ user: ownCopy(user), process: ownCopy(process) }),
  );

  /** Call before each batch; true when the numbering begins anew with it. */
  begin(): boolean {
    const all = [this.#agents, this.#paths, this.#hashes, this.#actors];
    const values = all.reduce((sum, { count }) => sum + count, 0);
    const characters = all.reduce((sum, numbering) => sum + numbering.characters, 0);
    if (values <= MOST_VALUES && characters <= MOST_CHARACTERS) return false;
    for (const numbering of all) numbering.forget();
    return true;
  }

  agent(agent: AgentNames): number {
    return this.#agents.numberOf(agent.name, agent, agent.name.length + (agent.id?.length ?? 0));
  }

  path(path: string): number {
    return this.#paths.numberOf(path, path, path.length);
  }

  hashes(hashes: FileHashes): number {
    return this.#hashes.numberOf(hashes.sha256 ?? hashes.sha1 ?? hashes.md5 ?? '', hashes, DIGESTS_LENGTH);
  }

  actor(actor: ActorNames): number {
    return this.#actors.numberOf(actor.user, actor, actor.user.length + actor.process.length);
  }

  /** The values numbered since the last call, in order. */
  takeNew(): CommonValues {
    return {
      agents: this.#agents.takeNew(),
      paths: this.#paths.takeNew(),
      hashes: this.#hashes.takeNew(),
      actors: this.#actors.takeNew(),
    };
  }
}

/** Characters of three digests in hex. */
const DIGESTS_LENGTH = 136;

class Numbering<Value> {
  /** By a text that tells most of them apart: of those with the same text the newest is remembered. */
  readonly #known = new Map<string, { readonly value: Value; readonly number: number }>();
  readonly #isSame: (a: Value, b: Value) => boolean;
  readonly #own: (value: Value) => Value;
  #new: Value[] = [];
  count = 0;
  characters = 0;

  constructor(isSame: (a: Value, b: Value) => boolean, own: (value: Value) => Value) {
    this.#isSame = isSame;
    this.#own = own;
  }

  numberOf(key: string, value: Value, characters: number): number {
    const known = this.#known.get(key);
    if (known !== undefined && this.#isSame(known.value, value)) return known.number;
    const own = this.#own(value);
    const number = this.count++;
    this.#known.set(ownCopy(key), { value: own, number });
    this.#new.push(own);
    this.characters += characters;
    return number;
  }

  takeNew(): readonly Value[] {
    const values = this.#new;
    this.#new = [];
    return values;
  }

  forget(): void {
    this.#known.clear();
    this.count = 0;
    this.characters = 0;
  }
}

/** V8 keeps a longer piece of a text as a view of the whole text. */
const LONGEST_COPIED_PIECE = 12;

/** A remembered piece of a line must not keep the line, which may be a megabyte. */
function ownCopy<Text extends string | null>(text: Text): Text {
  if (text === null || text.length <= LONGEST_COPIED_PIECE) return text;
  return JSON.parse(JSON.stringify(text));
}
