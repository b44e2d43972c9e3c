import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type FileHash, parseFileHash } from '../../../src-shared/domain/file-hash.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { VerdictRow } from '../../store/queries/verdict-rows.ts';
import type { CommandContext } from '../context.ts';
import type { Asked, Refusals } from './ask-for-verdicts.ts';
import { readKnownVerdicts } from './read-known-verdicts.ts';
import { tableOf } from './run-verdicts.ts';

export async function runLookup(
  texts: readonly string[],
  paths: readonly string[],
  context: CommandContext,
): Promise<void> {
  const hashes = [...texts.map(parse), ...(await Promise.all(paths.map(hashFile)))];
  if (hashes.length === 0) {
    throw new DomainError(
      'usage.nothing-to-look-up',
      'No hash was given.',
      'Name a hash, or a file with --file.',
    );
  }
  const { rows, asked } = await lookUp(hashes, context);
  print(rows, context);
  tellMissing(rows, hashes, asked?.refusals, context);
  // Said last, when what is known has been printed.
  if (asked?.stop) throw asked.stop;
}

interface LookedUp {
  readonly rows: readonly VerdictRow[];
  /** Null when the store knew them all. */
  readonly asked: Asked | null;
}

/** What the store answers needs neither key nor writer: it works beside a running window. */
async function lookUp(hashes: readonly FileHash[], context: CommandContext): Promise<LookedUp> {
  const known = await readKnownVerdicts(hashes, context);
  const unknown = hashes.filter(({ hex }) => !known.has(hex));
  if (unknown.length === 0) return { rows: rowsOf(hashes, known), asked: null };
  const { askForVerdicts } = await import('./ask-for-verdicts.ts');
  const asked = await askForVerdicts(unknown, context);
  return { rows: rowsOf(hashes, await readKnownVerdicts(hashes, context)), asked };
}

function rowsOf(hashes: readonly FileHash[], known: ReadonlyMap<string, VerdictRow>): readonly VerdictRow[] {
  return [...new Set(hashes.flatMap(({ hex }) => known.get(hex) ?? []))];
}

function print(rows: readonly VerdictRow[], { terminal }: CommandContext): void {
  if (terminal.isJson) terminal.json(rows);
  else if (rows.length > 0) terminal.line(tableOf(rows));
}

function tellMissing(
  rows: readonly VerdictRow[],
  hashes: readonly FileHash[],
  refusals: Refusals = new Map(),
  { terminal }: CommandContext,
): void {
  const answered = new Set(rows.flatMap(({ sha256, sha1, md5 }) => [sha256, sha1, md5]));
  for (const { hex } of hashes) {
    if (answered.has(hex)) continue;
    process.exitCode = 1;
    terminal.note(`${hex}: no verdict. ${refusals.get(hex) ?? 'It stays queued.'}`);
  }
}

function parse(text: string): FileHash {
  const hash = parseFileHash(text);
  if (hash) return hash;
  throw new DomainError(
    'usage.not-a-hash',
    `${JSON.stringify(text)} is not a file hash.`,
    'An MD5 has 32 hex digits, a SHA-1 40 and a SHA-256 64. For a file of this machine use --file.',
  );
}

async function hashFile(path: string): Promise<FileHash> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw new DomainError(
      'lookup.unreadable-file',
      `${path} cannot be read.`,
      'Check the path and that this user may read the file.',
      error,
    );
  }
  return { algorithm: 'sha256', hex: hash.digest('hex') };
}
