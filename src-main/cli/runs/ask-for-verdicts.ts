import type { FileHash } from '../../../src-shared/domain/file-hash.ts';
import { isVerdict, type LookupOutcome } from '../../../src-shared/domain/outcome.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Engine } from '../../app/engine.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { CommandContext } from '../context.ts';
import { openEngineForCommand } from './open-engine-for-command.ts';
import { tellQueue } from './tell-queue.ts';

/** Why there is no verdict, by digest (lower-case hex). */
export type Refusals = ReadonlyMap<string, string>;

/** What asking brought beside the verdicts, which are in the store. */
export interface Asked {
  readonly refusals: Refusals;
  /** What ended it before each had its answer; null when each had. */
  readonly stop: DomainError | null;
}

/**
 * Puts these at the head of the queue and works it until each has had its answer. A file whose analysis is still pending
 * or whose request failed stays queued; so does everything when the day is spent or the key is not accepted.
 */
export async function askForVerdicts(hashes: readonly FileHash[], context: CommandContext): Promise<Asked> {
  const engine = await openEngineForCommand(context, 'verdict-desk lookup');
  try {
    const refusals = new Map<string, string>();
    const open = enqueue(hashes, engine, refusals);
    const stop = open.size > 0 ? await answersFor(open, refusals, engine.queue, context) : null;
    return { refusals, stop };
  } finally {
    await engine.close();
  }
}

/** Digests that wait for an answer, by the number of their file. */
type OpenFiles = Map<number, readonly string[]>;

function enqueue(hashes: readonly FileHash[], { store }: Engine, refusals: Map<string, string>): OpenFiles {
  const open: OpenFiles = new Map();
  for (const hash of hashes) {
    try {
      const { fileId } = store.files.askHash(hash);
      open.set(fileId, [...(open.get(fileId) ?? []), hash.hex]);
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('lookup.')) throw error;
      refusals.set(hash.hex, `${error.message} ${error.remedy}`);
    }
  }
  return open;
}

function answersFor(
  open: OpenFiles,
  refusals: Map<string, string>,
  queue: LookupQueue,
  { terminal, signal }: CommandContext,
): Promise<DomainError | null> {
  const { promise, resolve } = Promise.withResolvers<DomainError | null>();
  const stops = [
    tellQueue(queue, terminal),
    queue.onSettled((_settled, { fileId, outcome }) => {
      const refusal = refusalOf(outcome);
      if (refusal === WAITED_FOR) return;
      if (refusal !== null) for (const hex of open.get(fileId) ?? []) refusals.set(hex, refusal);
      open.delete(fileId);
      if (open.size === 0) resolve(null);
    }),
    queue.onChange(() => {
      const { reason, error } = queue.status();
      if (error && reason && WITHOUT_AN_END.has(reason)) {
        resolve(new DomainError(error.code, error.message, error.remedy));
      }
    }),
  ];
  const interrupt = () => resolve(INTERRUPTED);
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  queue.start();
  return promise.finally(() => {
    for (const stop of stops) stop();
  });
}

const WAITED_FOR = 'waited for';

/** Null for a verdict. */
function refusalOf(outcome: LookupOutcome): string | null {
  if (isVerdict(outcome)) return null;
  switch (outcome.kind) {
    case 'pending':
      return 'VirusTotal has not finished analysing it. It stays queued.';
    case 'request-failed':
      return `${outcome.detail} It stays queued.`;
    case 'timed-out':
      return 'No answer came in time. It stays queued.';
    case 'rate-limited':
    case 'credentials-rejected':
      return WAITED_FOR;
  }
}

const INTERRUPTED = new DomainError(
  'lookup.interrupted',
  'Interrupted: what has no verdict yet stays queued.',
  'Run the same command again, or verdict-desk queue --wait.',
);

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
