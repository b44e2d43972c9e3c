import { once } from 'node:events';
import { resolve } from 'node:path';
import { addCounts, NO_COUNTS, type ReadCounts } from '../../../src-shared/domain/counts.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { AlertJournal, ReadingLoss } from '../../alerts/alert-journal.ts';
import type { ImportProgress } from '../../alerts/import-alerts.ts';
import { systemClock } from '../../app/clock.ts';
import type { ReadingThread } from '../../app/reading-thread.ts';
import type { IngestFlags } from '../commands/ingest.ts';
import type { CommandContext } from '../context.ts';
import { STANDARD_INPUT } from './begin-reading.ts';
import { type IngestSession, openForIngest } from './open-for-ingest.ts';
import { readBeside } from './read-beside.ts';
import { reportRead } from './report-read.ts';
import { tellQueue } from './tell-queue.ts';
import { workQueueOff } from './work-queue-off.ts';

/** `thread`: what `beginReading` gave; it is closed in the end. */
export async function runIngest(
  files: readonly string[],
  flags: IngestFlags,
  context: CommandContext,
  thread: ReadingThread | null,
): Promise<void> {
  try {
    if (flags.follow && files.includes(STANDARD_INPUT)) throw cannotFollowInput();
    await ingest(files, flags, thread, context);
  } finally {
    await thread?.close();
  }
}

function cannotFollowInput(): DomainError {
  return new DomainError(
    'usage.follow-stdin',
    'Standard input cannot be followed: it has no position to take up again.',
    'Name the file instead, or leave --follow away: standard input is read to its end anyway.',
  );
}

async function ingest(
  files: readonly string[],
  flags: IngestFlags,
  thread: ReadingThread | null,
  context: CommandContext,
): Promise<void> {
  const session = await openForIngest(context, {
    looksUp: flags.lookup === true,
    follows: flags.follow === true,
  });
  try {
    session.queue?.start();
    const journal = tellingLosses(session.journal, flags.follow === true, context);
    await (flags.follow ? followAll : readAll)(files, flags, { ...session, journal, thread }, context);
    if (session.queue && !flags.follow && !context.signal.aborted) await workQueueOff(session.queue, context);
  } finally {
    await session.close();
  }
}

/** What could not be read any more is in the store and shown in the window; here it is said at once. */
function tellingLosses(journal: AlertJournal, isFollowing: boolean, context: CommandContext): AlertJournal {
  return {
    position: (sourceId) => journal.position(sourceId),
    proof: (sourceId) => journal.proof?.(sourceId) ?? null,
    commit: (batch, nowMs) => {
      const counts = journal.commit(batch, nowMs);
      tellLosses(batch.losses, isFollowing, context);
      return counts;
    },
  };
}

function tellLosses(
  losses: readonly ReadingLoss[],
  isFollowing: boolean,
  { terminal }: CommandContext,
): void {
  for (const { detail } of losses) terminal.note(detail);
  if (losses.length > 0 && !isFollowing) process.exitCode = 1;
}

interface Session extends Pick<IngestSession, 'store' | 'journal' | 'queue' | 'finish'> {
  /** Null where files are read in this thread. */
  readonly thread: ReadingThread | null;
}

/** Reports what was read also when a later file, or what comes after reading, fails. */
async function readAll(
  files: readonly string[],
  flags: IngestFlags,
  session: Session,
  context: CommandContext,
): Promise<void> {
  const startedAt = performance.now();
  let total: ReadCounts | null = null;
  try {
    for (const file of files) {
      if (context.signal.aborted) break;
      total = addCounts(total ?? NO_COUNTS, await readOne(file, flags, session, context));
    }
  } finally {
    if (total) reportRead(total, startedAt, context);
  }
  if (!context.signal.aborted) return;
  process.exitCode = 1;
  context.terminal.note('Interrupted: what was read is stored; reading it again counts nothing twice.');
}

async function readOne(
  file: string,
  flags: IngestFlags,
  { store, journal, finish, thread }: Session,
  context: CommandContext,
): Promise<ReadCounts> {
  const { profile, terminal, signal } = context;
  const { format } = flags;
  const isStream = file === STANDARD_INPUT;
  const path = isStream ? file : resolve(file);
  const onProgress = ({ bytesRead, bytesTotal }: ImportProgress) => {
    const share = bytesTotal ? ` (${Math.floor((bytesRead / bytesTotal) * 100)} %)` : '';
    terminal.progress(`${file}: ${Math.floor(bytesRead / 1_048_576)} MiB read${share}`);
  };
  try {
    const sourceId = store.sources.add({ profile, path, format, isFollowed: false, readsArchives: false });
    if (thread && !isStream) {
      return await readBeside(thread, {
        path,
        format,
        sourceId,
        signal,
        onProgress,
        journal: store.bulkJournal,
        onLosses: (losses) => tellLosses(losses, false, context),
      });
    }
    const { importAlerts } = await import('../../alerts/import-alerts.ts');
    return await importAlerts({
      input: isStream ? { name: 'standard input', stream: process.stdin, sizeBytes: null } : { path },
      format,
      sourceId,
      journal,
      signal,
      onProgress,
      clock: systemClock,
      onQuiet: finish,
    });
  } finally {
    terminal.endProgress();
    // A pipe that is still open would keep the process.
    if (isStream && signal.aborted) process.stdin.destroy();
    // Also after a failure: what was read before it counts.
    finish();
  }
}

async function followAll(
  files: readonly string[],
  flags: IngestFlags,
  { store, journal, queue }: Session,
  context: CommandContext,
): Promise<void> {
  const { profile, terminal, signal } = context;
  const startedAt = performance.now();
  const { AlertFollower } = await import('../../alerts/alert-follower.ts');
  const { localAlertFiles } = await import('../../alerts/local-alert-files.ts');
  const followers = files.map((file) => {
    const path = resolve(file);
    const source = { profile, path, format: flags.format, isFollowed: false, readsArchives: false };
    const sourceId = store.sources.add(source);
    return new AlertFollower({
      sourceId,
      host: localAlertFiles,
      path,
      format: flags.format,
      archives: false,
      journal,
      clock: systemClock,
    });
  });
  for (const [at, follower] of followers.entries()) {
    let told: string | null = null;
    follower.onStatus(({ state, error }) => {
      const words = error ? `${error.message} ${error.remedy}` : state;
      if (words !== told) terminal.note(`${files[at]}: ${words}`);
      told = words;
    });
    follower.start();
  }
  const stopTelling = queue ? tellQueue(queue, terminal, { tellsStops: true }) : null;
  if (!signal.aborted) await once(signal, 'abort');
  stopTelling?.();
  await Promise.all(followers.map((follower) => follower.stop()));
  const counts = followers.reduce((sum, follower) => addCounts(sum, follower.status.counts), NO_COUNTS);
  reportRead(counts, startedAt, context);
}
