import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DirectReader } from '../../store/reader.ts';
import type { AgentsFlags } from '../commands/agents.ts';
import { knownProfile } from '../connections/known-profile.ts';
import type { CommandContext } from '../context.ts';
import { endOf, formatTable } from '../terminal.ts';
import { openForReading } from './open-for-reading.ts';

const PAGE = 1_000;

export async function runAgents(flags: AgentsFlags, context: CommandContext): Promise<void> {
  if (flags.refresh) {
    const { refreshAgents } = await import('./refresh-agents.ts');
    await refreshAgents(flags, context);
  }
  const reader = openForReading(context);
  try {
    const profile = reader ? knownProfile(reader, context) : null;
    const rows = reader ? await allRows(reader, profile, flags) : [];
    await tell(rows, reader, context);
  } finally {
    await reader?.close();
  }
}

async function allRows(
  reader: DirectReader,
  profile: string | null,
  { status = [] }: AgentsFlags,
): Promise<readonly AgentRow[]> {
  const filter = { profile, text: '', statuses: [...status], group: null };
  const rows: AgentRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof askPage>> = await askPage(reader, { filter, cursor, limit: PAGE });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

function askPage(reader: DirectReader, request: Parameters<typeof reader.ask<'agentPage'>>[1]) {
  return reader.ask('agentPage', request);
}

async function tell(
  rows: readonly AgentRow[],
  reader: DirectReader | null,
  { terminal, namedProfile }: CommandContext,
): Promise<void> {
  if (terminal.isJson) return terminal.jsonArray(rows);
  if (rows.length > 0) {
    const heads = [
      'Profile',
      'ID',
      'Name',
      'Status',
      'Version',
      'System',
      'Last seen',
      'Events',
      'Malicious',
    ];
    terminal.line(formatTable(heads, rows.map(cellsOf), new Set([7, 8])));
  }
  for (const { profile, note } of (await reader?.ask('agentListings', null)) ?? []) {
    if (note !== null && (namedProfile ?? profile) === profile) terminal.note(`${profile}: ${note}`);
  }
  if (rows.length === 0)
    terminal.note('No agent is known. Ask the managers with --refresh, or read alerts first.');
}

function cellsOf(row: AgentRow): readonly string[] {
  const { profile, agentId, name, status, version, osName, lastKeepAlive, fimEvents, malicious } = row;
  return [
    profile,
    agentId,
    endOf(visibleText(name)),
    status,
    version ?? '',
    endOf(visibleText(osName ?? '')),
    lastKeepAlive ?? '',
    String(fimEvents),
    String(malicious),
  ];
}
