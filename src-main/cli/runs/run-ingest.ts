import { once } from 'node:events';
import { resolve } from 'node:path';
import { addCounts, NO_COUNTS, type ReadCounts } from '../../../src-shared/domain/counts.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { AlertJournal } from '../../alerts/alert-journal.ts';
import { systemClock } from '../../app/clock.ts';
import type { Store } from '../../store/open-store.ts';
import type { IngestFlags } from '../commands/ingest.ts';
import type { CommandContext } from '../context.ts';
import { openForIngest } from './open-for-ingest.ts';
import { spareMemory } from './spare-memory.ts';
import { workQueueOff } from './work-queue-off.ts';

const STANDARD_INPUT = '-';

export async function runIngest(
  files: readonly string[],
  flags: IngestFlags,
  context: CommandContext,
): Promise<void> {
  report(await ingest(files, flags, context), context);
}

/** What `ingest --json` prints. */
interface IngestReport extends ReadCounts {
  readonly seconds: number;
}

async function ingest(
  files: readonly string[],
  flags: IngestFlags,
  context: CommandContext,
): Promise<IngestReport> {
  if (flags.follow && files.includes(STANDARD_INPUT)) {
    throw new DomainError(
      'usage.follow-stdin',
      'Standard input cannot be followed: it has no position to take up again.',
      'Name the file instead, or leave --follow away: standard input is read to its end anyway.',
    );
  }
  spareMemory();
  const startedAt = performance.now();
  const session = await openForIngest(context, { looksUp: flags.lookup === true });
  try {
    session.queue?.start();
    const counts = flags.follow
      ? await followAll(files, flags, session, context)
      : await readAll(files, flags, session, context);
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    if (session.queue && !context.signal.aborted) await workQueueOff(session.queue, context);
    return { ...counts, seconds };
  } finally {
    await session.close();
  }
}

interface Session {
  readonly store: Store;
  readonly journal: AlertJournal;
}

async function readAll(
  files: readonly string[],
  flags: IngestFlags,
  { store, journal }: Session,
  { profile, terminal, signal }: CommandContext,
): Promise<ReadCounts> {
  const { importAlerts } = await import('../../alerts/import-alerts.ts');
  let total = NO_COUNTS;
  for (const file of files) {
    if (signal.aborted) break;
    const isStream = file === STANDARD_INPUT;
    const path = isStream ? file : resolve(file);
    const counts = await importAlerts({
      input: isStream ? { name: 'standard input', stream: process.stdin, sizeBytes: null } : { path },
      format: flags.format,
      sourceId: store.sources.add({
        profile,
        path,
        format: flags.format,
        isFollowed: false,
        readsArchives: false,
      }),
      journal,
      clock: systemClock,
      signal,
      onProgress: ({ bytesRead, bytesTotal }) => {
        const share = bytesTotal ? ` (${Math.floor((bytesRead / bytesTotal) * 100)} %)` : '';
        terminal.progress(`${file}: ${Math.floor(bytesRead / 1_048_576)} MiB read${share}`);
      },
    });
    terminal.endProgress();
    total = addCounts(total, counts);
  }
  if (signal.aborted)
    terminal.note('Interrupted: what was read is stored; reading it again counts nothing twice.');
  return total;
}

async function followAll(
  files: readonly string[],
  flags: IngestFlags,
  { store, journal }: Session,
  { profile, terminal, signal }: CommandContext,
): Promise<ReadCounts> {
  const { AlertFollower } = await import('../../alerts/alert-follower.ts');
  const followers = files.map((file) => {
    const path = resolve(file);
    const source = { profile, path, format: flags.format, isFollowed: false, readsArchives: false };
    const sourceId = store.sources.add(source);
    return new AlertFollower({
      sourceId,
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
  if (!signal.aborted) await once(signal, 'abort');
  await Promise.all(followers.map((follower) => follower.stop()));
  return followers.reduce((sum, follower) => addCounts(sum, follower.status.counts), NO_COUNTS);
}

function report(counts: IngestReport, { terminal }: CommandContext): void {
  if (terminal.isJson) return terminal.json(counts);
  const known = counts.known > 0 ? ` (${counts.known} of them known already)` : '';
  terminal.line(`${counts.alerts} alerts read, ${counts.bytes} bytes in ${counts.seconds} s`);
  terminal.line(`${counts.fimEvents} FIM events${known}`);
  terminal.line(
    `${counts.managerVerdicts} verdicts and ${counts.lookupFailures} failures of the manager’s own integration`,
  );
  terminal.line(`${counts.malformed} malformed lines`);
}
