import type { FimEvent } from '../../src-shared/domain/alert.ts';
import type { Disposition } from '../../src-shared/domain/exclusion.ts';
import { strongestHash } from '../../src-shared/domain/file-hash.ts';
import { priorityOfNewFile } from '../../src-shared/domain/lookup-priority.ts';
import { utcDayKey } from '../../src-shared/domain/quota.ts';
import type { AlertBatch, AlertRecord } from '../alerts/alert-journal.ts';
import type { AlertBlocks } from './alert-blocks.ts';
import { fimEventKey } from './alert-key.ts';
import { CHANGE_CODE, dispositionCode, STANDING_CODE } from './codes.ts';
import { queueIfUnjudged } from './exclusion-rules.ts';
import type { FileRecord } from './file-record.ts';
import { storableTime, wholeOrNull } from './storable.ts';
import type { TallyName } from './tally.ts';
import type { WriteSession } from './write-session.ts';

/** Writes FIM events: dictionaries, file, disposition, queue, ledger and counters of one event at a time. */
export class FimEvents {
  readonly #session: WriteSession;
  readonly #blocks: AlertBlocks;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession, blocks: AlertBlocks) {
    this.#session = session;
    this.#blocks = blocks;
    this.#statements = prepareStatements(session);
  }

  /** False when the event was known: then nothing changes. */
  add(alert: FimEvent, record: AlertRecord, batch: AlertBatch, nowMs: number): boolean {
    const timeMs = storableTime(alert.timeMs, nowMs);
    const event = timeMs === alert.timeMs ? alert : { ...alert, timeMs };
    const key = fimEventKey(event);
    if (this.#statements.isKnown.get(key.sec, key.off, key.fingerprint) !== undefined) return false;
    const { dictionaries, exclusions, files, tally } = this.#session;
    const agentId = dictionaries.agentId(event.agent);
    const pathId = dictionaries.pathId(event.path, event.pathBytes);
    const resolved = this.#fileOf(event);
    const disposition = exclusions.dispose(event, resolved);
    const priority = priorityOfNewFile(event.path, event.after.permissions);
    const file = resolved && files.edit(resolved.id);
    if (file) this.#count(file, { event, agentId, pathId });
    if (file && disposition.kind === 'lookable') {
      file.lookable += 1;
      queueIfUnjudged(file, priority, nowMs);
    }
    const place = this.#blocks.add(record.raw);
    this.#statements.insert.run(
      key.sec,
      key.off,
      key.fingerprint,
      event.timeMs,
      batch.sourceId,
      agentId,
      pathId,
      file?.id ?? null,
      dictionaries.actorId(event.actor),
      CHANGE_CODE[event.change],
      dispositionCode(disposition),
      exclusionOf(disposition),
      priority,
      Number(batch.format === 'json'),
      place.blockId,
      place.offset,
      place.length,
    );
    tally.add('fim_events', 1);
    tally.addToAgent(agentId);
    tally.addToDay(utcDayKey(event.timeMs), 'fim_events', 1);
    this.#countDisposition(disposition);
    return true;
  }

  /** Null when the event names no digest. */
  #fileOf(event: FimEvent): FileRecord | null {
    const { hashes } = event.after;
    return strongestHash(hashes) ? this.#session.identity.resolve(hashes, event.timeMs) : null;
  }

  /** Before the event is inserted: whether this agent had the file is read from the events. */
  #count(file: FileRecord, seen: { event: FimEvent; agentId: number; pathId: number }): void {
    const { event, agentId, pathId } = seen;
    if (this.#isNewPair(file, agentId)) {
      file.agents += 1;
      const standing = this.#session.files.savedStanding(file.id);
      this.#statements.addPair.run(
        Number(standing === STANDING_CODE.malicious),
        Number(standing === STANDING_CODE.suspicious),
        agentId,
      );
    }
    file.events += 1;
    file.sizeBytes ??= wholeOrNull(event.after.sizeBytes);
    if (file.events === 1 || event.timeMs >= file.lastSeenMs) {
      file.pathId = pathId;
      file.agentId = agentId;
    }
    file.firstSeenMs = file.events === 1 ? event.timeMs : Math.min(file.firstSeenMs, event.timeMs);
    file.lastSeenMs = file.events === 1 ? event.timeMs : Math.max(file.lastSeenMs, event.timeMs);
  }

  #isNewPair(file: FileRecord, agentId: number): boolean {
    const agentIds = this.#session.files.agentIds(file.id);
    if (agentIds.has(agentId)) return false;
    agentIds.add(agentId);
    return file.events === 0 || this.#statements.hasPair.get(agentId, file.id) === undefined;
  }

  #countDisposition(disposition: Disposition): void {
    const name = tallyOf(disposition);
    if (name) this.#session.tally.add(name, 1);
    const exclusionId = exclusionOf(disposition);
    if (exclusionId !== null) this.#statements.countExclusion.run(exclusionId);
  }
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
    isKnown: db
      .prepare<[number, number, bigint], number>(
        'SELECT 1 FROM event WHERE alert_sec = ? AND alert_off = ? AND fingerprint = ?',
      )
      .pluck(),
    hasPair: db
      .prepare<[number, number], number>('SELECT 1 FROM event WHERE agent_id = ? AND file_id = ? LIMIT 1')
      .pluck(),
    addPair: db.prepare<[number, number, number]>(
      'UPDATE agent SET files = files + 1, malicious = malicious + ?, suspicious = suspicious + ? WHERE id = ?',
    ),
    insert: db.prepare<Bound[]>(
      `INSERT INTO event (alert_sec, alert_off, fingerprint, time_ms, source_id, agent_id, path_id, file_id, actor_id,
         change, disposition, exclusion_id, priority, is_json, block_id, block_offset, block_length)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    countExclusion: db.prepare<[number]>('UPDATE exclusion SET events = events + 1 WHERE id = ?'),
  };
}
