import type { Database } from 'better-sqlite3';
import type { AgentSightings } from './agent-sightings.ts';
import { STANDING_CODE } from './codes.ts';
import { contributionOf, newFileRecord, standingCodeOf, type FileRecord } from './file-record.ts';
import {
  fromRow,
  INSERT_FILE,
  SELECT_FILE,
  SELECT_SPEAKER,
  toParameters,
  toSeenParameters,
  UPDATE_FILE,
  UPDATE_SEEN,
  type FileRow,
  type Parameter,
  type SpeakerRow,
} from './file-rows.ts';
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
  /** As the table has it; null while it has no row. */
  saved: SavedParts | null;
  readonly reporters: Reporters;
  /** Whether `save` will write it: asked for each event, and quicker than a set. */
  isChanged: boolean;
}

/** The agents that reported a file, as far as they are remembered. */
export interface Reporters {
  readonly agentIds: Set<number>;
  /** False when others may have, too: the events tell. */
  areAll: boolean;
}

/** What most events leave as it is. A change in it means writing the whole row, with all its indexes. */
type SavedParts = Pick<
  FileRecord,
  'hashes' | 'verdict' | 'turned' | 'triage' | 'lookupsAnswered' | 'queue' | 'sizeBytes'
>;

/**
 * The files of the running transaction, each once. Work changes the records freely; `save` writes the changed ones and
 * moves every counter by the difference. Nothing else writes the table `file`.
 */
export class FileRecords {
  readonly #kept = new Map<number, Kept>();
  #changed: Kept[] = [];
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #tally: Tally;
  readonly #sightings: AgentSightings;
  #nextId: number;

  constructor(db: Database, tally: Tally, sightings: AgentSightings) {
    this.#statements = prepareStatements(db);
    this.#tally = tally;
    this.#sightings = sightings;
    this.#nextId = this.#firstFreeId();
  }

  /** A file that is not in the store yet. */
  create(hashes: FileHashes, seenMs: number): FileRecord {
    const record = newFileRecord(this.#nextId++, hashes, seenMs);
    const reporters: Reporters = { agentIds: new Set(), areAll: true };
    const kept: Kept = {
      record,
      contribution: [],
      savedStanding: 0,
      saved: null,
      reporters,
      isChanged: false,
    };
    this.#kept.set(record.id, kept);
    this.#change(kept);
    return record;
  }

  /** For reading. A file that was joined to another one is found under its old number too. */
  get(id: number): FileRecord | null {
    return this.#find(id)?.record ?? null;
  }

  /** For changing: `save` will write it. */
  edit(id: number): FileRecord | null {
    const kept = this.#find(id);
    if (kept) this.#change(kept);
    return kept?.record ?? null;
  }

  /** The standing that the agents' counters hold for this file at present. */
  savedStanding(id: number): number {
    return this.#find(id)?.savedStanding ?? 0;
  }

  /** Whoever learns of one more adds it. */
  reporters(id: number): Reporters {
    return this.#find(id)?.reporters ?? { agentIds: new Set(), areAll: false };
  }

  /** How many files `save` will write. */
  get changes(): number {
    return this.#changed.length;
  }

  save(): void {
    for (const kept of this.#changed) this.#write(kept);
    for (const kept of this.#changed) kept.isChanged = false;
    this.#changed = [];
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
    this.#changed = [];
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
    const said = row.verdict_id === null ? undefined : this.#statements.speaker.get(row.verdict_id);
    const record = fromRow(row, said);
    const found: Kept = {
      record,
      contribution: contributionOf(record),
      savedStanding: row.standing,
      saved: savedPartsOf(record),
      reporters: { agentIds: new Set(), areAll: record.events === 0 },
      isChanged: false,
    };
    this.#kept.set(id, found);
    return found;
  }

  #change(kept: Kept): void {
    if (kept.isChanged) return;
    kept.isChanged = true;
    this.#changed.push(kept);
  }

  #write(kept: Kept): void {
    const { record } = kept;
    const standing = standingCodeOf(record);
    if (kept.saved === null) this.#statements.insert.run(...toParameters(record, standing));
    else if (isSameAs(record, kept.saved)) this.#statements.updateSeen.run(...toSeenParameters(record));
    else this.#statements.update.run(...toParameters(record, standing));
    kept.saved = savedPartsOf(record);
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
    if (malicious === 0 && suspicious === 0) return;
    this.#statements.moveAgents.run(malicious, suspicious, id);
    this.#sightings.standingChanged(id, before, after);
  }

  /** Numbers are never used twice: an old number must keep leading to the file it was joined to. */
  #firstFreeId(): number {
    return (this.#statements.lastId.get() ?? 0) + 1;
  }
}

function savedPartsOf(record: FileRecord): SavedParts {
  const { hashes, verdict, turned, triage, lookupsAnswered, queue, sizeBytes } = record;
  return { hashes, verdict, turned, triage, lookupsAnswered, queue, sizeBytes };
}

function isSameAs(record: FileRecord, saved: SavedParts): boolean {
  return (
    record.hashes === saved.hashes &&
    record.verdict === saved.verdict &&
    record.queue === saved.queue &&
    record.turned === saved.turned &&
    record.triage === saved.triage &&
    record.lookupsAnswered === saved.lookupsAnswered &&
    record.sizeBytes === saved.sizeBytes
  );
}

function gain(code: number, before: number, after: number): number {
  return Number(after === code) - Number(before === code);
}

function prepareStatements(db: Database) {
  return {
    read: db.prepare<[number], FileRow>(SELECT_FILE),
    speaker: db.prepare<[number], SpeakerRow>(SELECT_SPEAKER),
    insert: db.prepare<Parameter[]>(INSERT_FILE),
    update: db.prepare<Parameter[]>(UPDATE_FILE),
    updateSeen: db.prepare<Parameter[]>(UPDATE_SEEN),
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
