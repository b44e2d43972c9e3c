import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { CommandContext } from '../context.ts';
import { tellQueue } from './tell-queue.ts';

/**
 * Longest wait, in milliseconds, for the next try of files that had their turn and got no verdict. Quotas and outages are
 * waited for however long they last; a file that VirusTotal is still analysing has its next turn in ten minutes or more.
 */
const PATIENCE_MS = 45_000;

/**
 * Works the queue off, telling how it goes. Errors: the queue's own when it cannot go on without a person (no key, key
 * rejected); `queue.put-off` when only files are left that have their next turn later; `queue.interrupted` after Ctrl-C.
 * What waits then stays queued.
 */
export async function workQueueOff(queue: LookupQueue, { terminal, signal }: CommandContext): Promise<void> {
  const stopTelling = tellQueue(queue, terminal);
  try {
    const end = await queue.whenIdle({ signal, patienceMs: PATIENCE_MS });
    if (end.kind === 'stopped') throw new DomainError(end.error.code, end.error.message, end.error.remedy);
    if (end.kind === 'put-off') throw putOff(queue.status().waiting, new Date(end.nextTryAtMs).toISOString());
    if (end.kind === 'aborted') throw interrupted(queue.status().waiting);
  } finally {
    stopTelling();
  }
}

function putOff(files: number, nextTryAt: string): DomainError {
  return new DomainError(
    'queue.put-off',
    `${countFiles(files)} without a verdict: VirusTotal has not finished analysing, or could not answer for them. The next try is due at ${nextTryAt}.`,
    'Run verdict-desk queue --wait then, or leave a window open; verdict-desk queue lists them.',
  );
}

function interrupted(files: number): DomainError {
  return new DomainError(
    'queue.interrupted',
    `Interrupted: ${countFiles(files)}.`,
    'Run verdict-desk queue --wait to go on.',
  );
}

function countFiles(files: number): string {
  return files === 1 ? '1 file stays queued' : `${files} files stay queued`;
}
