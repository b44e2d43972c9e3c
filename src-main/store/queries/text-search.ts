import type { Database } from 'better-sqlite3';
import { digestKeyRange } from '../digests.ts';
import { MOST_CANDIDATES, type Candidates, type Condition } from './candidates.ts';
import { statement, type Bound } from './statements.ts';

/** Beyond so many matching paths a text is common. */
const MOST_PATHS = 2000;
/** Characters of an entry of the index: it knows nothing shorter. */
const TRIGRAM = 3;
/** A shorter hexadecimal word is read as text only. */
const SHORTEST_HASH_PREFIX = 4;

/** `anything`: path text, the beginning of a digest, or an agent's name; without regard to case. */
export function findByText(db: Database, text: string, where: 'anything' | 'path'): Candidates {
  const needle = text.toLowerCase();
  const prefix = where === 'anything' ? hashPrefixOf(needle) : null;
  const agents = where === 'anything' ? agentsNamedLike(db, needle) : [];
  const test = testOf(needle, prefix, agents);
  const ids = new Set<number>();
  const isComplete =
    collectByPath(db, needle, ids) && collectByAgents(db, agents, ids) && collectByHash(db, prefix, ids);
  return { ids: isComplete ? ids : null, test };
}

/** Each collector adds what it finds and tells whether that was all, within the limit. */
function collectByPath(db: Database, needle: string, ids: Set<number>): boolean {
  const query = trigramQuery(needle);
  if (query === null) return false;
  const paths = statement<{ id: number; text: string }>(
    db,
    `SELECT path.id, path.text FROM path_text JOIN path ON path.id = path_text.rowid
     WHERE path_text MATCH ? LIMIT ${MOST_PATHS + 1}`,
  ).all(query);
  if (paths.length > MOST_PATHS) return false;
  const matching = paths.filter(({ text }) => text.toLowerCase().includes(needle)).map(({ id }) => id);
  return collect(
    db,
    `SELECT DISTINCT file_id FROM event
     WHERE path_id IN (SELECT value FROM json_each(?)) AND file_id IS NOT NULL
     UNION SELECT id FROM file WHERE events = 0 AND path_id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(matching), JSON.stringify(matching)],
    ids,
  );
}

function collectByAgents(db: Database, agents: readonly number[], ids: Set<number>): boolean {
  if (agents.length === 0) return true;
  return collect(
    db,
    `SELECT DISTINCT file_id FROM event
     WHERE agent_id IN (SELECT value FROM json_each(?)) AND file_id IS NOT NULL`,
    [JSON.stringify(agents)],
    ids,
  );
}

function collectByHash(db: Database, prefix: string | null, ids: Set<number>): boolean {
  if (prefix === null) return true;
  const found = new Set<number>();
  const [first, last] = digestKeyRange(prefix);
  const isComplete = collect(
    db,
    'SELECT file_id FROM file_digest WHERE key BETWEEN ? AND ?',
    [first, last],
    found,
  );
  const hashTest = statement<{ id: number }>(db, `SELECT id FROM file WHERE id = ? AND ${HASH_TEST}`);
  for (const id of found) if (hashTest.get(id, prefix, prefix, prefix)) ids.add(id);
  return isComplete;
}

function collect(db: Database, sql: string, bound: readonly Bound[], ids: Set<number>): boolean {
  const rows = statement<{ file_id: number }>(db, `${sql} LIMIT ${MOST_CANDIDATES + 1}`).all(...bound);
  for (const { file_id } of rows) ids.add(file_id);
  return rows.length <= MOST_CANDIDATES && ids.size <= MOST_CANDIDATES;
}

/**
 * The index keeps no positions, so a match is a candidate and the path itself decides. That makes every third trigram
 * enough, with the last one: fewer long lists to intersect.
 */
function trigramQuery(needle: string): string | null {
  const characters = Array.from(needle);
  const last = characters.length - TRIGRAM;
  if (last < 0) return null;
  const trigrams = new Set<string>();
  for (let start = 0; start < last; start += TRIGRAM) {
    trigrams.add(characters.slice(start, start + TRIGRAM).join(''));
  }
  trigrams.add(characters.slice(last).join(''));
  // The index reads its question to the first NUL only; what is left of the trigrams finds candidates enough.
  const askable = [...trigrams].filter((trigram) => !trigram.includes('\0'));
  if (askable.length === 0) return null;
  return askable.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}

function hashPrefixOf(needle: string): string | null {
  return new RegExp(`^[0-9a-f]{${SHORTEST_HASH_PREFIX},64}$`).test(needle) ? needle : null;
}

function agentsNamedLike(db: Database, needle: string): number[] {
  return statement<{ id: number }>(db, 'SELECT id FROM agent WHERE contains_folded(name, ?)')
    .all(needle)
    .map(({ id }) => id);
}

const HASH_TEST = `(instr(lower(hex(file.sha256)), ?) = 1 OR instr(lower(hex(file.sha1)), ?) = 1
  OR instr(lower(hex(file.md5)), ?) = 1)`;

function testOf(needle: string, prefix: string | null, agents: readonly number[]): Condition {
  const parts = [
    `EXISTS (SELECT 1 FROM event JOIN path ON path.id = event.path_id
       WHERE event.file_id = file.id AND contains_folded(path.text, ?))`,
  ];
  const bound: Bound[] = [needle];
  if (agents.length > 0) {
    parts.push(`EXISTS (SELECT 1 FROM json_each(?) AS named
      WHERE EXISTS (SELECT 1 FROM event WHERE event.agent_id = named.value AND event.file_id = file.id))`);
    bound.push(JSON.stringify(agents));
  }
  if (prefix !== null) {
    parts.push(HASH_TEST);
    bound.push(prefix, prefix, prefix);
  }
  return { sql: `(${parts.join(' OR ')})`, bound };
}
