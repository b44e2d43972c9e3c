import { writeFileSync } from 'node:fs';
import { printAudit } from '../../../src-shared/domain/audit-chain.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AuditEntry } from '../../../src-shared/ipc/scans.ts';
import { systemClock } from '../../app/clock.ts';
import type { DirectReader } from '../../store/reader.ts';
import type { AuditFlags } from '../commands/audit.ts';
import type { CommandContext } from '../context.ts';
import { formatTable } from '../terminal.ts';
import { openForReading } from './open-for-reading.ts';

const PAGE = 500;
const STANDARD_OUTPUT = '-';

/** Errors: `audit.not-written`. */
export async function runAudit(flags: AuditFlags, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const reader = openForReading(context);
  try {
    if (flags.export !== undefined) return await exportTo(flags.export, reader, context);
    const { isWhole, total } = (await reader?.ask('audit', { before: null, limit: 1 })) ?? EMPTY;
    if (!isWhole) process.exitCode = 1;
    if (flags.verify) {
      if (terminal.isJson) return terminal.json({ isWhole, total });
      return terminal.line(isWhole ? `${total} entries; the chain of hashes holds.` : BROKEN);
    }
    const entries = reader ? await newest(flags.limit, reader) : [];
    if (terminal.isJson) return terminal.json({ isWhole, total, entries });
    if (!isWhole) terminal.note(BROKEN);
    print(entries, total, context);
  } finally {
    await reader?.close();
  }
}

const EMPTY = { isWhole: true, total: 0 };
const BROKEN =
  'The chain of hashes does not hold: an entry was changed or taken away by something other than this program.';

async function newest(most: number, reader: DirectReader): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let before: number | null = null;
  while (entries.length < most) {
    const limit = Math.min(PAGE, most - entries.length);
    const page: Awaited<ReturnType<typeof ask>> = await ask(reader, before, limit);
    entries.push(...page.entries);
    before = page.entries.at(-1)?.sequence ?? null;
    if (before === null || page.entries.length < limit) break;
  }
  return entries;
}

function ask(reader: DirectReader, before: number | null, limit: number) {
  return reader.ask('audit', { before, limit });
}

function print(entries: readonly AuditEntry[], total: number, { terminal }: CommandContext): void {
  if (entries.length === 0) return terminal.note('Nothing was asked on this computer yet.');
  const cells = entries.map(({ sequence, at, who, deed, detail }) => [
    String(sequence),
    at,
    visibleText(who),
    visibleText(deed),
    visibleText(detail),
  ]);
  terminal.line(formatTable(['No.', 'When (UTC)', 'Who', 'What', 'Of what'], cells, new Set([0])));
  if (total > entries.length) terminal.note(`… and ${total - entries.length} more: --limit shows them.`);
}

/** Never over a file that is there: it may be an earlier export. */
async function exportTo(
  file: string,
  reader: DirectReader | null,
  { terminal }: CommandContext,
): Promise<void> {
  const nowMs = systemClock.now();
  const text = reader ? (await reader.ask('auditExport', nowMs)).text : emptyExport(nowMs);
  if (file === STANDARD_OUTPUT) return terminal.data(text.trimEnd());
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw notWritten(file, error);
  }
  if (terminal.isJson) terminal.json({ file });
  else terminal.line(`The audit trail is in ${visibleText(file)}; its first line says how to verify it.`);
}

/** Where nothing was ever asked the export says so: whoever waits for the file finds one. */
function emptyExport(nowMs: number): string {
  return printAudit([], new Date(nowMs).toISOString());
}

function notWritten(file: string, error: unknown): DomainError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DomainError(
    'audit.not-written',
    `The audit trail could not be written to ${visibleText(file)}: ${visibleText(reason)}`,
    'Name a new file in a folder that may be written to.',
  );
}
