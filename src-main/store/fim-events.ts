import type { Disposition } from '../../src-shared/domain/exclusion.ts';
import { strongestHash } from '../../src-shared/domain/file-hash.ts';
import { utcDayKey } from '../../src-shared/domain/quota.ts';
import type { BlockPlace } from './alert-blocks.ts';
import { CHANGE_CODE, dispositionCode, STANDING_CODE } from './codes.ts';
import { queueIfUnanswered } from './exclusion-rules.ts';
import { SEVERAL_MANAGERS, speaksForOneAgent, type FileRecord, type Speaker } from './file-record.ts';
import { KnownEvents } from './known-events.ts';
import type { StorableEvent } from './storable-event.ts';
import type { TallyName } from './tally.ts';
import type { WriteSession } from './write-session.ts';

/** Which reading an event comes from. */
export interface EventOrigin {
  readonly sourceId: number;
  /** Of that source. */
  readonly managerId: number;
  readonly isJson: boolean;
}

/** One event of a file, as it is counted there. */
interface Seen extends Speaker {
  readonly event: StorableEvent;
  readonly pathId: number;
}

/** Writes FIM events: dictionaries, file, disposition, queue, ledger and counters of one event at a time. */
export class FimEvents {
  readonly #session: WriteSession;
  readonly #known: KnownEvents;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#known = new KnownEvents(session.db);
    this.#statements = prepareStatements(session);
  }

  /**
   * False when the event was known: then nothing changes. `placeOf` is asked for the event's source bytes when they
   * are to be kept.
   */
  add(event: StorableEvent, origin: EventOrigin, nowMs: number, placeOf: () => BlockPlace): boolean {
    const { key } = event;
    const { managerId } = origin;
    if (this.#known.has(key)) return false;
    const { dictionaries, exclusions, files, sightings, tally } = this.#session;
    const agentId = dictionaries.agentId(event.agent);
    const pathId = dictionaries.pathId(event.path, event.pathBytes, event.memos?.path);
    const resolved = this.#fileOf(event);
    const disposition = exclusions.dispose(event, resolved);
    const file = resolved && files.edit(resolved.id);
    if (file) this.#count(file, { event, managerId, agentId, pathId });
    if (file && disposition.kind === 'lookable') {
      file.lookable += 1;
      queueIfUnanswered(file, event.priority, nowMs);
    }
    const place = placeOf();
    this.#statements.insert.run(
      key.sec,
      key.off,
      key.fingerprint,
      event.timeMs,
      origin.sourceId,
      agentId,
      pathId,
      file?.id ?? null,
      dictionaries.actorId(event.actor),
      CHANGE_CODE[event.change],
      dispositionCode(disposition),
      exclusionOf(disposition),
      event.priority,
      Number(origin.isJson),
      place.blockId,
      place.offset,
      place.length,
    );
    this.#known.add(key);
    if (file && isBeyond(file, managerId, agentId)) this.#session.unanswered.reconsider(file, nowMs);
    tally.add('fim_events', 1);
    tally.addToAgent(agentId, 'events', 1);
    sightings.add({ sourceId: origin.sourceId, agentId, wazuhId: event.agent.id, timeMs: event.timeMs });
    if (file) sightings.addFlagged(file.id, files.savedStanding(file.id), origin.sourceId, agentId);
    tally.addToDay(utcDayKey(event.timeMs), 'fim_events', 1);
    this.#countDisposition(disposition);
    return true;
  }

  /** Null when the event names no digest. */
  #fileOf(event: StorableEvent): FileRecord | null {
    const { hashes } = event.after;
    if (!strongestHash(hashes)) return null;
    return this.#session.identity.resolve(hashes, event.timeMs, event.memos?.file);
  }

  /** Before the event is inserted: whether this agent had the file is read from the events. */
  #count(file: FileRecord, { event, managerId, agentId, pathId }: Seen): void {
    if (this.#isNewPair(file, agentId)) {
      const { files, tally } = this.#session;
      const standing = files.savedStanding(file.id);
      file.agents += 1;
      tally.addToAgent(agentId, 'files', 1);
      if (standing === STANDING_CODE.malicious) tally.addToAgent(agentId, 'malicious', 1);
      if (standing === STANDING_CODE.suspicious) tally.addToAgent(agentId, 'suspicious', 1);
    }
    if (file.events === 0) file.managerId = managerId;
    else if (file.managerId !== managerId) file.managerId = SEVERAL_MANAGERS;
    file.events += 1;
    file.sizeBytes ??= event.after.sizeBytes;
    if (file.events === 1 || event.timeMs >= file.lastSeenMs) {
      file.pathId = pathId;
      file.agentId = agentId;
    }
    file.firstSeenMs = file.events === 1 ? event.timeMs : Math.min(file.firstSeenMs, event.timeMs);
    file.lastSeenMs = file.events === 1 ? event.timeMs : Math.max(file.lastSeenMs, event.timeMs);
  }

  #isNewPair(file: FileRecord, agentId: number): boolean {
    const { agentIds, areAll } = this.#session.files.reporters(file.id);
    if (agentIds.has(agentId)) return false;
    agentIds.add(agentId);
    return areAll || this.#statements.hasPair.get(agentId, file.id) === undefined;
  }

  #countDisposition(disposition: Disposition): void {
    const name = tallyOf(disposition);
    if (name) this.#session.tally.add(name, 1);
    const exclusionId = exclusionOf(disposition);
    if (exclusionId !== null) this.#statements.countExclusion.run(exclusionId);
  }
}

/** What answers the file was said of another agent than the one that reports it now. */
function isBeyond({ verdict }: FileRecord, managerId: number, agentId: number): boolean {
  if (!verdict || !speaksForOneAgent(verdict)) return false;
  return verdict.speaker?.agentId !== agentId || verdict.speaker.managerId !== managerId;
}

function exclusionOf(disposition: Disposition): number | null {
  return disposition.kind === 'lookable' ? null : disposition.exclusionId;
}

/** A lookable event is counted through its file. */
function tallyOf(disposition: Disposition): TallyName | null {
  if (disposition.kind === 'lookable') return null;
  if (disposition.kind === 'muted') return 'muted';
  switch (disposition.reason) {
    case 'no-hash':
      return 'no_hash';
    case 'empty-file':
      return 'empty_file';
    case 'deleted':
    case 'registry':
    case 'excluded':
      return disposition.reason;
  }
}

type Bound = number | bigint | null;

function prepareStatements({ db }: WriteSession) {
  return {
    hasPair: db
      .prepare<[number, number], number>('SELECT 1 FROM event WHERE agent_id = ? AND file_id = ? LIMIT 1')
      .pluck(),
    insert: db.prepare<Bound[]>(
      `INSERT INTO event (alert_sec, alert_off, fingerprint, time_ms, source_id, agent_id, path_id, file_id, actor_id,
         change, disposition, exclusion_id, priority, is_json, block_id, block_offset, block_length)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    countExclusion: db.prepare<[number]>('UPDATE exclusion SET events = events + 1 WHERE id = ?'),
  };
}
