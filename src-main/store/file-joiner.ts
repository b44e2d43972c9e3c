import type { Database } from 'better-sqlite3';
import { NO_TRIAGE, STANDING_CODE } from './codes.ts';
import { SEVERAL_MANAGERS, type FileRecord, type QueueEntry } from './file-record.ts';
import type { WriteSession } from './write-session.ts';

/**
 * Makes one file of two once it is certain that they are one. Events, verdicts, note and queue entry of the smaller go
 * to the larger; the old number stays an alias, because a request or a window may still hold it.
 */
export class FileJoiner {
  readonly #files: WriteSession['files'];
  readonly #verdicts: WriteSession['verdicts'];
  readonly #sightings: WriteSession['sightings'];
  readonly #unanswered: WriteSession['unanswered'];
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: Pick<WriteSession, 'db' | 'files' | 'verdicts' | 'sightings' | 'unanswered'>) {
    this.#files = session.files;
    this.#verdicts = session.verdicts;
    this.#sightings = session.sightings;
    this.#unanswered = session.unanswered;
    this.#statements = prepareStatements(session.db);
  }

  /** `moveDigests` is the caller's: the index of digests belongs to FileIdentity. */
  join(a: FileRecord, b: FileRecord, moveDigests: (from: FileRecord, to: FileRecord) => void): FileRecord {
    const aStays = a.events > b.events || (a.events === b.events && a.id < b.id);
    const [kept, gone] = aStays ? [a, b] : [b, a];
    this.#files.save();
    const survivor = this.#files.edit(kept.id) ?? kept;
    this.#countAgents(survivor, -1);
    this.#countAgents(gone, -1);
    moveDigests(gone, survivor);
    this.#moveRows(gone.id, survivor.id);
    this.#sightings.joined(gone.id, survivor.id, this.#files.savedStanding(survivor.id));
    this.#files.reporters(survivor.id).areAll = false;
    this.#countAgents(survivor, 1);
    this.#combine(survivor, gone);
    this.#files.remove(gone.id, survivor.id);
    return survivor;
  }

  #moveRows(from: number, to: number): void {
    this.#statements.moveEvents.run(to, from);
    this.#statements.moveVerdicts.run(to, from);
    this.#statements.copyNote.run(to, from);
    this.#statements.dropNote.run(from);
  }

  #combine(survivor: FileRecord, gone: FileRecord): void {
    const ofAnswered = answeredQueue(survivor, gone);
    const ofUnanswered = moreUrgent(survivor.queue, gone.queue);
    const triage = combinedTriage(survivor.triage, gone.triage);
    survivor.hashes = {
      sha256: survivor.hashes.sha256 ?? gone.hashes.sha256,
      sha1: survivor.hashes.sha1 ?? gone.hashes.sha1,
      md5: survivor.hashes.md5 ?? gone.hashes.md5,
    };
    survivor.sizeBytes ??= gone.sizeBytes;
    survivor.managerId = combinedManager(survivor, gone);
    survivor.events += gone.events;
    survivor.lookable += gone.lookable;
    survivor.lookupsAnswered += gone.lookupsAnswered;
    survivor.agents = this.#statements.countAgents.get(survivor.id) ?? 0;
    if (survivor.pathId === null || gone.lastSeenMs > survivor.lastSeenMs) {
      survivor.pathId = gone.pathId ?? survivor.pathId;
      survivor.agentId = gone.agentId ?? survivor.agentId;
    }
    survivor.firstSeenMs = Math.min(survivor.firstSeenMs, gone.firstSeenMs);
    survivor.lastSeenMs = Math.max(survivor.lastSeenMs, gone.lastSeenMs);
    survivor.triage = triage;
    this.#verdicts.recompute(survivor);
    survivor.queue = survivor.verdict ? ofAnswered : ofUnanswered;
    this.#unanswered.enqueue(survivor, survivor.lastSeenMs);
  }

  #countAgents({ id }: FileRecord, difference: 1 | -1): void {
    const standing = this.#files.savedStanding(id);
    this.#statements.countForAgents.run(
      difference,
      standing === STANDING_CODE.malicious ? difference : 0,
      standing === STANDING_CODE.suspicious ? difference : 0,
      id,
    );
  }
}

/** Once either has a verdict, only its own entry (a re-check) goes on. */
function answeredQueue(a: FileRecord, b: FileRecord): QueueEntry | null {
  if (a.verdict && b.verdict) return a.queue ?? b.queue;
  return a.verdict ? a.queue : b.queue;
}

function moreUrgent(a: QueueEntry | null, b: QueueEntry | null): QueueEntry | null {
  if (!a || !b) return a ?? b;
  return {
    priority: Math.min(a.priority, b.priority),
    queuedMs: Math.min(a.queuedMs, b.queuedMs),
    dueMs: Math.min(a.dueMs, b.dueMs),
    attempts: Math.max(a.attempts, b.attempts),
    lastOutcome: a.lastOutcome ?? b.lastOutcome,
    lastMessage: a.lastMessage ?? b.lastMessage,
  };
}

function combinedManager(a: FileRecord, b: FileRecord): number | null {
  if (a.managerId === null || b.managerId === null) return a.managerId ?? b.managerId;
  return a.managerId === b.managerId ? a.managerId : SEVERAL_MANAGERS;
}

/** The state that asks for more attention: new before investigating before resolved. */
function combinedTriage(a: number, b: number): number {
  if (a === NO_TRIAGE || b === NO_TRIAGE) return Math.max(a, b);
  return Math.min(a, b);
}

function prepareStatements(db: Database) {
  return {
    moveEvents: db.prepare<[number, number]>('UPDATE event SET file_id = ? WHERE file_id = ?'),
    moveVerdicts: db.prepare<[number, number]>('UPDATE verdict SET file_id = ? WHERE file_id = ?'),
    copyNote: db.prepare<[number, number]>(
      `INSERT INTO triage_note (file_id, note, triaged_ms)
       SELECT ?, note, triaged_ms FROM triage_note WHERE file_id = ?
       ON CONFLICT (file_id) DO UPDATE SET
         note = trim(note || char(10) || excluded.note, char(10)),
         triaged_ms = max(triaged_ms, excluded.triaged_ms)`,
    ),
    dropNote: db.prepare<[number]>('DELETE FROM triage_note WHERE file_id = ?'),
    countAgents: db
      .prepare<[number], number>('SELECT count(DISTINCT agent_id) FROM event WHERE file_id = ?')
      .pluck(),
    countForAgents: db.prepare<[number, number, number, number]>(
      `UPDATE agent SET files = files + ?, malicious = malicious + ?, suspicious = suspicious + ?
       WHERE id IN (SELECT agent_id FROM event WHERE file_id = ?)`,
    ),
  };
}
