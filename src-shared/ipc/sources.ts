import { z } from 'zod';
import type { MalformedReason } from '../domain/alert.ts';
import { answer, command, query } from './procedure.ts';

/** A line that could not be an event, with where it stands. */
export interface MalformedLine {
  readonly id: number;
  readonly source: string;
  readonly offset: number;
  readonly lengthBytes: number;
  readonly reason: MalformedReason;
  /** The first 200 characters, control characters replaced; empty when they do not read like an alert. */
  readonly excerpt: string;
  readonly foundAt: string;
}

const alertPath = z.string().min(1).max(4096);

export const sources = {
  /** Follows a local alert file from its beginning on, archives of the day included when asked. */
  follow: command(
    z.object({ path: alertPath, format: z.enum(['auto', 'json', 'log']), archives: z.boolean() }),
    answer<{ readonly sourceId: number }>(),
  ),
  stop: command(z.object({ sourceId: z.number().int() }), answer<void>()),
  /** Reads a file on this machine once, in the background: see `status.imports`. */
  importFile: command(z.object({ path: alertPath }), answer<{ readonly importId: string }>()),
  /** A dropped file arrives in pieces: begin, append in order, end. Each piece at most 1 MiB before base64. */
  beginUpload: command(
    z.object({ name: z.string().max(512), sizeBytes: z.number().int().nonnegative() }),
    answer<{ readonly importId: string }>(),
  ),
  appendUpload: command(
    z.object({ importId: z.string().max(64), base64: z.base64().max(1_400_000) }),
    answer<void>(),
  ),
  endUpload: command(z.object({ importId: z.string().max(64) }), answer<void>()),
  cancelImport: command(z.object({ importId: z.string().max(64) }), answer<void>()),
  dismissImport: command(z.object({ importId: z.string().max(64) }), answer<void>()),
  malformed: query(
    z.object({ before: z.number().int().nullable(), limit: z.number().int().min(1).max(200) }),
    answer<readonly MalformedLine[]>(),
  ),
  dismissMalformed: command(z.void(), answer<void>()),
};
