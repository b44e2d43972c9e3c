import type { Database } from 'better-sqlite3';
import { BoundedCache } from './bounded-cache.ts';
import { textKey } from './digests.ts';
import type { ActorNames, AgentNames, RowMemo } from './storable-event.ts';

const AGENT_CACHE = 2048;
const PATH_CACHE = 8192;
const ACTOR_CACHE = 1024;

/** Names and paths stored once; events hold their numbers. The caches are forgotten when a transaction fails. */
export class Dictionaries {
  readonly #agents = new BoundedCache<string, { readonly id: number; wazuhId: string | null }>(AGENT_CACHE);
  readonly #paths = new BoundedCache<string, number>(PATH_CACHE);
  readonly #actors = new BoundedCache<string, number>(ACTOR_CACHE);
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** Counts how often it was forgotten. */
  #generation = 0;

  constructor(db: Database) {
    this.#statements = prepareStatements(db);
  }

  /** An agent is known by its name: the text form carries no id. The id seen last is kept. */
  agentId({ name, id: wazuhId }: AgentNames): number {
    const cached = this.#agents.get(name);
    if (cached && (wazuhId === null || cached.wazuhId === wazuhId)) return cached.id;
    const id = this.#statements.agent.get(name, wazuhId) ?? 0;
    this.#agents.set(name, { id, wazuhId: wazuhId ?? cached?.wazuhId ?? null });
    return id;
  }

  /** `bytes` are the source bytes where the text lost some to replacement. New paths become searchable. */
  pathId(text: string, bytes: Uint8Array | null, memo?: RowMemo): number {
    if (bytes !== null || !memo) return this.#pathId(text, bytes);
    if (memo.generation !== this.#generation) {
      memo.id = this.#pathId(text, null);
      memo.generation = this.#generation;
    }
    return memo.id;
  }

  #pathId(text: string, bytes: Uint8Array | null): number {
    if (bytes === null) {
      const cached = this.#paths.get(text);
      if (cached !== undefined) return cached;
    }
    const key = textKey(bytes ?? text);
    const id = this.#statements.findPath.get(key, text, bytes) ?? this.#addPath(key, text, bytes);
    if (bytes === null) this.#paths.set(text, id);
    return id;
  }

  /** Null when the alert names neither user nor process. */
  actorId({ user, process }: ActorNames): number | null {
    if (user === '' && process === '') return null;
    const name = `${user}\0${process}`;
    const cached = this.#actors.get(name);
    if (cached !== undefined) return cached;
    const id = this.#statements.actor.get(user, process) ?? 0;
    this.#actors.set(name, id);
    return id;
  }

  forget(): void {
    this.#generation += 1;
    this.#agents.clear();
    this.#paths.clear();
    this.#actors.clear();
  }

  #addPath(key: number, text: string, bytes: Uint8Array | null): number {
    const id = this.#statements.addPath.run(key, text, bytes).lastInsertRowid;
    this.#statements.addPathText.run(id, text);
    return Number(id);
  }
}

function prepareStatements(db: Database) {
  return {
    agent: db
      .prepare<[string, string | null], number>(
        `INSERT INTO agent (name, wazuh_id) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET wazuh_id = coalesce(excluded.wazuh_id, wazuh_id) RETURNING id`,
      )
      .pluck(),
    findPath: db
      .prepare<[number, string, Uint8Array | null], number>(
        'SELECT id FROM path WHERE hash = ? AND text = ? AND bytes IS ?',
      )
      .pluck(),
    addPath: db.prepare<[number, string, Uint8Array | null]>(
      'INSERT INTO path (hash, text, bytes) VALUES (?, ?, ?)',
    ),
    addPathText: db.prepare<[number | bigint, string]>('INSERT INTO path_text (rowid, text) VALUES (?, ?)'),
    actor: db
      .prepare<[string, string], number>(
        `INSERT INTO actor (user_name, process_name) VALUES (?, ?)
         ON CONFLICT (user_name, process_name) DO UPDATE SET user_name = user_name RETURNING id`,
      )
      .pluck(),
  };
}
