import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { csvField } from '../../store/queries/export-rows.ts';
import { type VerdictFilter, type VerdictRow, verdictRows } from '../../store/queries/verdict-rows.ts';
import type { VerdictFlags, VerdictFormat } from '../commands/verdicts.ts';
import type { CommandContext } from '../context.ts';
import { endOf, formatTable } from '../terminal.ts';
import { openForReading } from './open-for-reading.ts';
import { printAsEvent } from './verdict-event.ts';

export async function runVerdicts(flags: VerdictFlags, context: CommandContext): Promise<void> {
  const reader = openForReading(context);
  try {
    const rows = reader ? verdictRows(reader.connection, filterOf(flags)) : [];
    print(rows, context.terminal.isJson ? 'json' : flags.format, context);
  } finally {
    await reader?.close();
  }
}

function filterOf(flags: VerdictFlags): VerdictFilter {
  return {
    outcomes: flags.outcome ?? [],
    agentName: flags.agent ?? null,
    path: flags.path ?? null,
    since: toIso(flags.since),
    until: toIso(flags.until),
    limit: flags.limit ?? Number.MAX_SAFE_INTEGER,
  };
}

function toIso(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** Row by row where the form allows it, so that a long history needs no memory. */
function print(rows: Iterable<VerdictRow>, format: VerdictFormat, { terminal }: CommandContext): void {
  switch (format) {
    case 'json':
      return terminal.jsonArray(rows);
    case 'csv':
      terminal.line(CSV_COLUMNS.map(([head]) => head).join(','));
      for (const row of rows) terminal.data(CSV_COLUMNS.map(([, value]) => csvField(value(row))).join(','));
      return;
    case 'wazuh':
      for (const row of rows) terminal.data(printAsEvent(row));
      return;
    case 'table':
      return terminal.line(tableOf([...rows]));
  }
}

const CSV_COLUMNS: readonly (readonly [string, (row: VerdictRow) => string | number | null])[] = [
  ['outcome', (row) => row.outcome],
  ['rule', (row) => row.rule],
  ['sha256', (row) => row.sha256],
  ['sha1', (row) => row.sha1],
  ['md5', (row) => row.md5],
  ['positives', (row) => row.positives],
  ['suspicious', (row) => row.suspicious],
  ['total', (row) => row.total],
  ['scanDate', (row) => row.scanDate],
  ['permalink', (row) => row.permalink],
  ['source', (row) => row.source],
  ['judgedAt', (row) => row.judgedAt],
  ['agents', (row) => [...new Set(row.sightings.map(({ agentName }) => agentName))].join(' ')],
  ['path', (row) => row.sightings[0]?.path ?? null],
  ['lastSeenAt', (row) => row.sightings[0]?.time ?? null],
];

export function tableOf(rows: readonly VerdictRow[]): string {
  if (rows.length === 0) return 'No verdicts match.';
  const cells = rows.map((row) => {
    const [newest] = row.sightings;
    const others = new Set(row.sightings.map(({ agentName }) => agentName)).size - 1;
    return [
      row.outcome,
      row.total === null
        ? '–'
        : `${row.positives ?? 0}/${row.total}${row.suspicious ? ` +${row.suspicious}?` : ''}`,
      (row.sha256 ?? row.sha1 ?? row.md5 ?? '').slice(0, 16),
      `${endOf(visibleText(newest?.agentName ?? '–'))}${others > 0 ? ` +${others}` : ''}`,
      row.judgedAt.slice(0, 16).replace('T', ' '),
      endOf(visibleText(newest?.path ?? '–')),
    ];
  });
  return formatTable(['Outcome', 'Engines', 'Hash', 'Agent', 'Judged (UTC)', 'Path'], cells, new Set([1]));
}
