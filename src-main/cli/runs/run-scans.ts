import type { Database } from 'better-sqlite3';
import type { ScanFilter } from '../../../src-shared/ipc/scans.ts';
import { listScans } from '../../store/queries/scan-list.ts';
import type { ScansFlags } from '../commands/scans.ts';
import { knownProfile } from '../connections/known-profile.ts';
import type { CommandContext } from '../context.ts';
import { printScans } from '../scans/print-scans.ts';
import { scanReports } from '../scans/scan-report.ts';
import { openForReading } from './open-for-reading.ts';

export async function runScans(flags: ScansFlags, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const reader = openForReading(context);
  if (!reader) return terminal.isJson ? terminal.jsonArray([]) : undefined;
  try {
    const filter = filterOf(flags, knownProfile(reader, context));
    const ids = scanIds(reader.connection, filter, flags.limit);
    if (terminal.isJson) return terminal.jsonArray(scanReports(reader.connection, ids));
    const reports = [...scanReports(reader.connection, ids)];
    if (reports.length === 0) return terminal.note('No scans match.');
    printScans(reports, terminal, { hasEvidence: flags.evidence === true });
    const { matching } = listScans(reader.connection, { filter, cursor: null, limit: 1 });
    if (matching > reports.length)
      terminal.note(`… and ${matching - reports.length} more: --limit shows them.`);
  } finally {
    await reader.close();
  }
}

function filterOf({ agent, kind, state, order }: ScansFlags, profile: string | null): ScanFilter {
  return {
    profile,
    agentId: agent ?? null,
    kinds: [...(kind ?? [])],
    states: [...(state ?? [])],
    orderId: order ?? null,
    text: '',
    onlyAutomatic: false,
  };
}

const PAGE = 500;

/** Page by page: a long history needs no more memory than one. */
function* scanIds(db: Database, filter: ScanFilter, most: number): Generator<number> {
  let cursor: string | null = null;
  let left = most;
  do {
    const page = listScans(db, { filter, cursor, limit: Math.min(PAGE, left) });
    for (const { id } of page.rows) yield id;
    left -= page.rows.length;
    cursor = page.nextCursor;
  } while (cursor !== null && left > 0);
}
