import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import type { QueueRow } from '../../store/queries/small-lists.ts';
import type { CommandContext } from '../context.ts';
import { endOf, formatTable } from '../terminal.ts';
import { openForReading } from './open-for-reading.ts';
import { readQueueStatus } from './read-queue-status.ts';
import { workQueueOff } from './work-queue-off.ts';

const SHOWN_ROWS = 20;

/** Works the queue off as its writer, and shows how it stands then. Errors: as `workQueueOff`. */
export async function waitForQueue(context: CommandContext): Promise<void> {
  const { openEngineForCommand } = await import('./open-engine-for-command.ts');
  const engine = await openEngineForCommand(context, 'verdict-desk queue --wait');
  try {
    engine.queue.start();
    await workQueueOff(engine.queue, context).finally(() => print(engine.queue.status(), [], context));
  } finally {
    await engine.close();
  }
}

/** By the store alone, beside whoever works on it. */
export async function showQueue(context: CommandContext): Promise<void> {
  const reader = openForReading(context);
  try {
    const status = await readQueueStatus(reader);
    print(status, reader ? await reader.ask('queue', SHOWN_ROWS) : [], context);
  } finally {
    await reader?.close();
  }
}

function print(status: QueueStatus, rows: readonly QueueRow[], { terminal }: CommandContext): void {
  const { waiting, waitingEvents, paused, reason, error, resumesAt, eta, quota } = status;
  if (terminal.isJson) {
    return terminal.json({ waiting, waitingEvents, paused, reason, resumesAt, eta, quota });
  }
  terminal.line(
    `${waiting} files wait for a verdict (${waitingEvents} FIM events)${eta ? `, clear by ${eta}` : ''}`,
  );
  if (error) terminal.line(`${error.message} ${error.remedy}`);
  const gauges = Object.entries(quota).map(([name, { limit, used, resetsAt }]) => [
    name,
    `${used} of ${limit ?? 'no limit'}`,
    resetsAt ?? '',
  ]);
  terminal.line(formatTable(['Quota', 'Used', 'Frees up'], gauges));
  if (rows.length === 0) return;
  terminal.line();
  const table = rows.map(({ hash, events, path, dueAt, attempts, lastOutcome }) => [
    hash.hex.slice(0, 16),
    String(events),
    dueAt ?? 'its turn',
    attempts > 0 ? `${attempts} × ${lastOutcome ?? ''}` : '',
    endOf(visibleText(path)),
  ]);
  terminal.line(formatTable(['Hash', 'Events', 'When', 'Attempts', 'Path'], table, new Set([1])));
  if (waiting > rows.length) terminal.line(`… and ${waiting - rows.length} more`);
}
