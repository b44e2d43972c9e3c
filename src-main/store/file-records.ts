import type { Database } from 'better-sqlite3';
import { STANDING_CODE } from './codes.ts';
import { activityOf, contributionOf, newFileRecord, standingCodeOf, type FileRecord } from './file-record.ts';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import type { Tally, TallyName } from './tally.ts';

/** Records kept between transactions; beyond it all are dropped, which costs a read each at next use. */
const KEPT_RECORDS = 8192;

interface Kept {
  readonly record: FileRecord;
  /** What the counters hold for it at present. */
  contribution: readonly (readonly [TallyName, number])[];
  /** Its standing code as the agents' counters know it. */
  savedStanding: number;
  isNew: boolean;
}

/**
 * The files of the running transaction, each once. Work changes the records freely; `save` writes the changed ones and
 * moves every counter by the difference. Nothing else writes the table `file`.
 */
export class FileRecords {
  readonly #kept = new Map<number, Kept>();
  readonly #changed = new Set<Kept>();
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #tally: Tally;
  #nextId: number;

  constructor(db: Database, tally: Tally) {
    this.#statements = prepareStatements(db);
    this.#tally = tally;
    this.#nextId = this.#firstFreeId();
  }

  /** A file that is not in the store yet. */
  create(hashes: FileHashes, seenMs: number): FileRecord {
    const record = newFileRecord(this.#nextId++, hashes, seenMs);
    const kept: Kept = { record, contribution: [], savedStanding: 0, isNew: true };
    this.#kept.set(record.id, kept);
    this.#changed.add(kept);
    return record;
  }

  /** For reading. A file that was joined to another one is found under its old number too. */
  get(id: number): FileRecord | null {
    return this.#find(id)?.record ?? null;
  }

  /** For changing: `save` will write it. */
  edit(id: number): FileRecord | null {
    const kept = this.#find(id);
    if (kept) this.#changed.add(kept);
    return kept?.record ?? null;
  }

  /** The standing that the agents' counters hold for this file at present. */
  savedStanding(id: number): number {
    return this.#find(id)?.savedStanding ?? 0;
  }

  save(): void {
    for (const kept of this.#changed) this.#write(kept);
    this.#changed.clear();
  }

  /** Between transactions: bounds what is kept. */
  trim(): void {
    if (this.#kept.size > KEPT_RECORDS) this.#kept.clear();
  }

  /** Removes a saved file whose events, verdicts and digests have gone to `survivor`. */
  remove(id: number, survivor: number): void {
    const kept = this.#kept.get(id);
    if (kept) for (const [name, value] of kept.contribution) this.#tally.add(name, -value);
    this.#statements.moveAliases.run(survivor, id);
    this.#statements.addAlias.run(id, survivor);
    this.#statements.delete.run(id);
    this.#kept.delete(id);
  }

  forget(): void {
    this.#kept.clear();
    this.#changed.clear();
    this.#nextId = this.#firstFreeId();
  }

  #find(id: number): Kept | null {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const row = this.#statements.read.get(id);
    if (!row) {
      const survivor = this.#statements.alias.get(id);
      return survivor === undefined ? null : this.#find(survivor);
    }
    const record = fromRow(row);
    const found: Kept = {
      record,
      contribution: contributionOf(record),
      savedStanding: row.standing,
      isNew: false,
    };
    this.#kept.set(id, found);
    return found;
  }

  #write(kept: Kept): void {
    const { record } = kept;
    const standing = standingCodeOf(record);
    this.#statements[kept.isNew ? 'insert' : 'update'].run(...toParameters(record, standing));
    kept.isNew = false;
    this.#moveAgentCounters(record, kept.savedStanding, standing);
    kept.savedStanding = standing;
    for (const [name, value] of kept.contribution) this.#tally.add(name, -value);
    kept.contribution = contributionOf(record);
    for (const [name, value] of kept.contribution) this.#tally.add(name, value);
  }

  #moveAgentCounters({ id, events }: FileRecord, before: number, after: number): void {
    if (before === after || events === 0) return;
    const malicious = gain(STANDING_CODE.malicious, before, after);
    const suspicious = gain(STANDING_CODE.suspicious, before, after);
    if (malicious !== 0 || suspicious !== 0) this.#statements.moveAgents.run(malicious, suspicious, id);
  }

  /** Numbers are never used twice: an old number must keep leading to the file it was joined to. */
  #firstFreeId(): number {
    return (this.#statements.lastId.get() ?? 0) + 1;
  }
}

function gain(code: number, before: number, after: number): number {
  return Number(after === code) - Number(before === code);
}

interface FileRow {
  readonly id: number;
  readonly sha256_hex: string | null;
  readonly sha1_hex: string | null;
  readonly md5_hex: string | null;
  readonly size_bytes: number | null;
  readonly standing: number;
  readonly verdict_id: number | null;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly judged_ms: number | null;
  readonly turned: number;
  readonly triage: number;
  readonly events: number;
  readonly lookable: number;
  readonly lookups_answered: number;
  readonly agents: number;
  readonly path_id: number | null;
  readonly agent_id: number | null;
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
  readonly queue_priority: number | null;
  readonly queued_ms: number | null;
  readonly due_ms: number | null;
  readonly attempts: number;
  readonly last_outcome: string | null;
  readonly last_message: string | null;
}

function fromRow(row: FileRow): FileRecord {
  return {
    id: row.id,
    hashes: { sha256: row.sha256_hex, sha1: row.sha1_hex, md5: row.md5_hex },
    sizeBytes: row.size_bytes,
    verdict:
      row.verdict_id === null
        ? null
        : {
            id: row.verdict_id,
            standing: row.standing,
            positives: row.positives,
            suspicious: row.suspicious,
            total: row.total,
            judgedMs: row.judged_ms ?? 0,
          },
    turned: row.turned === 1,
    triage: row.triage,
    events: row.events,
    lookable: row.lookable,
    lookupsAnswered: row.lookups_answered,
    agents: row.agents,
    pathId: row.path_id,
    agentId: row.agent_id,
    firstSeenMs: row.first_seen_ms,
    lastSeenMs: row.last_seen_ms,
    queue:
      row.queue_priority === null
        ? null
        : {
            priority: row.queue_priority,
            queuedMs: row.queued_ms ?? 0,
            dueMs: row.due_ms ?? 0,
            attempts: row.attempts,
            lastOutcome: row.last_outcome,
            lastMessage: row.last_message,
          },
  };
}

type Parameter = number | string | null;

/** In the order of COLUMNS, the id last. */
function toParameters(file: FileRecord, standing: number): Parameter[] {
  const { hashes, verdict, queue } = file;
  return [
    hashes.sha256,
    hashes.sha1,
    hashes.md5,
    file.sizeBytes,
    standing,
    verdict?.id ?? null,
    verdict?.positives ?? null,
    verdict?.suspicious ?? null,
    verdict?.total ?? null,
    verdict?.judgedMs ?? null,
    Number(file.turned),
    file.triage,
    file.events,
    file.lookable,
    file.lookupsAnswered,
    file.agents,
    file.pathId,
    file.agentId,
    file.firstSeenMs,
    file.lastSeenMs,
    activityOf(file),
    queue?.priority ?? null,
    queue?.queuedMs ?? null,
    queue?.dueMs ?? null,
    queue?.attempts ?? 0,
    queue?.lastOutcome ?? null,
    queue?.lastMessage ?? null,
    file.id,
  ];
}

const COLUMNS = (
  'sha256 sha1 md5 size_bytes standing verdict_id positives suspicious total judged_ms turned triage events lookable ' +
  'lookups_answered agents path_id agent_id first_seen_ms last_seen_ms activity_ms queue_priority queued_ms due_ms ' +
  'attempts last_outcome last_message'
).split(' ');

/** Digests are bound as hex and kept as bytes. */
function parameterOf(column: string): string {
  return DIGESTS.has(column) ? 'unhex(?)' : '?';
}
function hexOf(column: string): string {
  return `nullif(lower(hex(${column})), '') AS ${column}_hex`;
}
const DIGESTS = new Set(['sha256', 'sha1', 'md5']);

function prepareStatements(db: Database) {
  return {
    read: db.prepare<[number], FileRow>(
      `SELECT *, ${hexOf('sha256')}, ${hexOf('sha1')}, ${hexOf('md5')} FROM file WHERE id = ?`,
    ),
    insert: db.prepare<Parameter[]>(
      `INSERT INTO file (${COLUMNS.join(', ')}, id) VALUES (${COLUMNS.map(parameterOf).join(', ')}, ?)`,
    ),
    update: db.prepare<Parameter[]>(
      `UPDATE file SET ${COLUMNS.map((name) => `${name} = ${parameterOf(name)}`).join(', ')} WHERE id = ?`,
    ),
    delete: db.prepare<[number]>('DELETE FROM file WHERE id = ?'),
    alias: db.prepare<[number], number>('SELECT file_id FROM file_alias WHERE old_id = ?').pluck(),
    addAlias: db.prepare<[number, number]>('INSERT INTO file_alias (old_id, file_id) VALUES (?, ?)'),
    moveAliases: db.prepare<[number, number]>('UPDATE file_alias SET file_id = ? WHERE file_id = ?'),
    lastId: db
      .prepare<[], number>(
        'SELECT max((SELECT coalesce(max(id), 0) FROM file), (SELECT coalesce(max(old_id), 0) FROM file_alias))',
      )
      .pluck(),
    moveAgents: db.prepare<[number, number, number]>(
      `UPDATE agent SET malicious = malicious + ?, suspicious = suspicious + ?
       WHERE id IN (SELECT agent_id FROM event WHERE file_id = ?)`,
    ),
  };
}
