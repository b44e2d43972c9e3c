import { addCounts, NO_COUNTS, type ReadCounts } from '../../../src-shared/domain/counts.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { AlertJournal } from '../../alerts/alert-journal.ts';
import { ManagerConnection } from '../../app/connections/manager-connection.ts';
import type { Engine } from '../../app/engine.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import type { IngestFlags } from '../commands/ingest.ts';
import { AttendedConnection } from '../connections/attended-connection.ts';
import { Changes } from '../connections/changes.ts';
import { chosenProfiles } from '../connections/chosen-profiles.ts';
import { Person } from '../connections/person.ts';
import { openWritingTools, type WritingTools } from '../connections/writing-tools.ts';
import type { CommandContext } from '../context.ts';
import { reportRead } from './report-read.ts';
import { tellQueue } from './tell-queue.ts';

/** Follows the alerts of a connection over its own channel until Ctrl-C, and publishes as its profile says. */
export async function followConnection(flags: IngestFlags, context: CommandContext): Promise<void> {
  const startedAt = performance.now();
  const person = new Person(context);
  const changes = new Changes();
  let counts = NO_COUNTS;
  const opened = await openWritingTools(context, {
    holder: 'verdict-desk ingest',
    person,
    journal: (engine) => countingJournal(engine, context, (taken) => (counts = addCounts(counts, taken))),
    changed: () => changes.tell(),
  });
  try {
    const parts = { tools: opened.tools, profiles: opened.tools.store.profiles.list() };
    const [stored] = await chosenProfiles(flags, context, parts);
    if (!stored) return;
    requireAlerts(stored);
    await follow(stored, flags, { opened, person, changes, context });
    reportRead(counts, startedAt, context);
  } finally {
    await opened.close();
  }
}

async function follow(
  stored: StoredProfile,
  { lookup }: IngestFlags,
  parts: {
    readonly opened: WritingTools;
    readonly person: Person;
    readonly changes: Changes;
    readonly context: CommandContext;
  },
): Promise<void> {
  const { opened, context } = parts;
  const { queue } = opened.engine;
  const connection = new ManagerConnection(stored, opened.tools);
  const stops = lookup
    ? [
        queue.onSettled(() => connection.outcomeSettled()),
        tellQueue(queue, context.terminal, { tellsStops: true }),
      ]
    : [];
  if (lookup) queue.start();
  try {
    await connection.start();
    await new AttendedConnection(connection, parts).untilInterrupted();
  } finally {
    for (const stop of stops) stop();
    await connection.close();
  }
}

/** What could not be read any more is said at once; what was read wakes the queue, if it runs. */
function countingJournal(
  { store, queue }: Engine,
  { terminal }: CommandContext,
  count: (taken: ReadCounts) => void,
): AlertJournal {
  const { journal } = store;
  return {
    position: (sourceId) => journal.position(sourceId),
    proof: (sourceId) => journal.proof?.(sourceId) ?? null,
    commit: (batch, nowMs) => {
      const taken = journal.commit(batch, nowMs);
      count(taken);
      queue.wake();
      for (const { detail } of batch.losses) terminal.note(detail);
      return taken;
    },
  };
}

function requireAlerts({ profile }: StoredProfile): void {
  if (profile.alertFormat !== null) return;
  throw new DomainError(
    'connections.follows-nothing',
    `${profile.name} has no alert file to follow: an API does not give alerts.`,
    'Add a connection with --ssh, or with --local where the manager runs on this machine.',
  );
}
