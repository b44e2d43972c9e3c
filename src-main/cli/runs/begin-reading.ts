import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReadingThread } from '../../app/reading-thread.ts';
import type { IngestFlags } from '../commands/ingest.ts';
import { spareMemory } from './spare-memory.ts';

/** Stands for a file among those to be read. */
export const STANDARD_INPUT = '-';

/** A smaller file is read before a second thread has come up. */
const WORTH_A_THREAD_BYTES = 16 * 1024 * 1024;

/**
 * Starts a thread that reads and begins with the first file, while this one still loads what it needs and opens the
 * store. Null where this thread reads by itself: only a process that does nothing but import has the processor and the
 * memory for a second one.
 */
export function beginReading(
  files: readonly string[],
  { follow, lookup, format }: IngestFlags,
): ReadingThread | null {
  spareMemory();
  if (follow || lookup || !files.some(isWorthAThread)) return null;
  const thread = new ReadingThread();
  const [first] = files;
  if (first !== undefined && first !== STANDARD_INPUT) thread.begin({ path: resolve(first), format });
  return thread;
}

/** What cannot be read is explained where it is read. */
function isWorthAThread(file: string): boolean {
  if (file === STANDARD_INPUT) return false;
  return (statSync(resolve(file), { throwIfNoEntry: false })?.size ?? 0) >= WORTH_A_THREAD_BYTES;
}
