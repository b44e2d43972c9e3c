import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { RecheckPolicy } from '../../src-shared/ipc/settings.ts';
import { translating } from './store-errors.ts';

/** Unknown files are asked again each day, clean ones each week, while they are still seen. */
export const DEFAULT_RECHECK: RecheckPolicy = { noRecordsHours: 24, cleanHours: 168, seenWithinDays: 30 };

/** What is known of the VirusTotal key; the key itself is kept elsewhere. */
export interface KeyState {
  /** A random name given when the key was stored, nothing of the key. Null without a key. */
  readonly keyId: string | null;
  readonly isRejected: boolean;
  /** ISO 8601 UTC. */
  readonly testedAt: string | null;
  readonly isPublic: boolean | null;
}
export const NO_KEY: KeyState = { keyId: null, isRejected: false, testedAt: null, isPublic: null };

const recheckSchema = z.object({
  noRecordsHours: z.number(),
  cleanHours: z.number(),
  seenWithinDays: z.number(),
});
const keySchema = z.object({
  keyId: z.string().nullable(),
  isRejected: z.boolean(),
  testedAt: z.string().nullable(),
  isPublic: z.boolean().nullable(),
});

/** Names and JSON values. Every read is parsed again: a store may come from another version. */
export class SettingStore {
  readonly #path: string;
  readonly #get;
  readonly #set;
  readonly #remove;

  constructor(db: Database, path: string) {
    this.#path = path;
    this.#get = db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
    this.#set = db.prepare<[string, string]>(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
    this.#remove = db.prepare<[string]>('DELETE FROM setting WHERE name = ?');
  }

  /** The parsed value, or null when it is absent or no longer fits. */
  get<T>(name: string, schema: z.ZodType<T>): T | null {
    const text = this.#get.get(name);
    if (text === undefined) return null;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  }

  /** Durable when it returns. Null removes the setting. */
  set(name: string, value: unknown): void {
    translating(this.#path, () => {
      if (value === null) this.#remove.run(name);
      else this.#set.run(name, JSON.stringify(value));
    });
  }

  recheckPolicy(): RecheckPolicy {
    return this.get('recheck', recheckSchema) ?? DEFAULT_RECHECK;
  }
  setRecheckPolicy(policy: RecheckPolicy): void {
    this.set('recheck', policy);
  }

  keyState(): KeyState {
    return this.get('key', keySchema) ?? NO_KEY;
  }
  setKeyState(state: KeyState): void {
    this.set('key', state);
  }

  /** The queue was paused by a person. */
  isPaused(): boolean {
    return this.get('paused', z.boolean()) ?? false;
  }
  setPaused(paused: boolean): void {
    this.set('paused', paused);
  }
}
