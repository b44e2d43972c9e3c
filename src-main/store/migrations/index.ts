import { firstSchema } from './001-first-schema.ts';
import { connections } from './002-connections.ts';
import { scans } from './003-scans.ts';
import { speakers } from './004-speakers.ts';

/** One step of the schema. Never edited once released: a change is a new file with the next number. */
export interface Migration {
  /** 1, 2, 3 …: the store's `user_version` once it has run. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps, oldest first. */
export const MIGRATIONS: readonly Migration[] = [firstSchema, connections, scans, speakers];
