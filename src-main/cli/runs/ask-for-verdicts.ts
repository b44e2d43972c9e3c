import type { FileHash } from '../../../src-shared/domain/file-hash.ts';
import { isVerdict } from '../../../src-shared/domain/outcome.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { CommandContext } from '../context.ts';
import { openEngineForCommand } from './open-engine-for-command.ts';

/**
 * Puts these at the head of the queue and works it until each has had its answer. A file whose analysis is still pending
 * or whose request failed stays queued; so does everything when the day is spent or the key is not accepted.
 */
export async function askForVerdicts(hashes: readonly FileHash[], context: CommandContext): Promise<void> {
  const engine = await openEngineForCommand(context, 'verdict-desk lookup');
  try {
    const open = new Set(hashes.map((hash) => engine.store.files.askHash(hash).fileId));
    await answersFor(open, engine.queue, context);
  } finally {
    await engine.close();
  }
}

function answersFor(
  open: Set<number>,
  queue: LookupQueue,
  { terminal, signal }: CommandContext,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stopListening = [
    queue.onSettled((_settled, { fileId, outcome }) => {
      if (isVerdict(outcome) || outcome.kind === 'pending' || outcome.kind === 'request-failed')
        open.delete(fileId);
      if (open.size === 0) resolve();
    }),
    queue.onChange(() => {
      const { reason, error, resumesAt } = queue.status();
      terminal.progress(`${open.size} to be answered${resumesAt ? `, goes on at ${resumesAt}` : ''}`);
      if (error && reason && WITHOUT_AN_END.has(reason)) {
        reject(new DomainError(error.code, error.message, error.remedy));
      }
    }),
  ];
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  queue.start();
  return promise.finally(() => {
    terminal.endProgress();
    for (const stop of stopListening) stop();
  });
}

/** Nobody at a terminal waits for these: they need a person, or half a day. */
const WITHOUT_AN_END: ReadonlySet<string> = new Set([
  'no-key',
  'key-locked',
  'key-rejected',
  'by-user',
  'day-quota',
  'month-quota',
  'network',
]);
