import { zstdCompressSync } from 'node:zlib';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import {
  isVerdict,
  standingOf,
  type LookupRefusal,
  type Standing,
  type Verdict,
} from '../../src-shared/domain/outcome.ts';
import { NO_HASHES } from '../../src-shared/domain/file-hash.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import {
  formatIntegrationEvent,
  type IntegrationSource,
} from '../../src-shared/formats/integration-event.ts';
import type { Settled, Settlement } from '../virustotal/lookup-store.ts';
import { SOURCE_CODE, STANDING_CODE, standingFromCode } from './codes.ts';
import { standingCodeOf, type FileRecord } from './file-record.ts';
import { toSourceEvent, type FirstEventRow } from './first-event.ts';
import { PublicationQueue } from './publication-queue.ts';
import { describeRefusal } from './refusal-words.ts';
import { wholeOrNull } from './storable.ts';
import type { WriteSession } from './write-session.ts';

/** Writes the end of one request. Runs inside a transaction of the session. */
export class SettleLookup {
  readonly #session: WriteSession;
  readonly #publications: PublicationQueue;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#publications = new PublicationQueue(session);
    this.#statements = prepareStatements(session);
  }

  settle(settlement: Settlement): Settled {
    const file = this.#session.files.edit(settlement.fileId);
    if (!file) throw unknownFile(settlement.fileId);
    const { outcome } = settlement;
    return isVerdict(outcome)
      ? this.#judge(file, outcome, settlement)
      : this.#putOff(file, outcome, settlement);
  }

  #judge(asked: FileRecord, verdict: Verdict, settlement: Settlement): Settled {
    const judgedBefore = asked.verdict !== null;
    const answersAnEvent = !judgedBefore && asked.lookable > 0;
    const file = this.#fileOfReport(asked, verdict, settlement);
    const before = file.verdict?.id;
    // An answer about another file than the one asked about leaves that one waiting.
    if (this.#session.files.get(asked.id)?.id === file.id) {
      file.queue = null;
      if (answersAnEvent) file.lookupsAnswered += 1;
    }
    const isFlip = this.#append(file, verdict, settlement, judgedBefore) && file.verdict?.id !== before;
    this.#tell(file, settlement);
    return { fileId: file.id, standing: standingOfFile(file), isFlip: isFlip && this.#isTurned(file) };
  }

  /** Joins what the report says belongs together; a report that does not hold the digest asked for joins nothing. */
  #fileOfReport(asked: FileRecord, verdict: Verdict, { asked: hash }: Settlement): FileRecord {
    const reported: FileHashes =
      verdict.kind === 'no-records' ? NO_HASHES : (verdict.report?.hashes ?? NO_HASHES);
    if (reported[hash.algorithm] !== hash.hex) return asked;
    const found = this.#session.identity.resolveReported(asked, reported);
    return this.#session.files.edit(found.id) ?? asked;
  }

  #append(file: FileRecord, verdict: Verdict, { atMs }: Settlement, judgedBefore: boolean): boolean {
    const judged = verdict.kind === 'no-records' ? null : verdict;
    const report = judged?.report ?? null;
    if (report) file.sizeBytes = wholeOrNull(report.sizeBytes) ?? file.sizeBytes;
    return this.#session.verdicts.append(file, {
      standing: STANDING_CODE[standingOf(verdict)],
      positives: wholeOrNull(judged?.positives),
      suspicious: wholeOrNull(judged?.suspicious),
      total: wholeOrNull(judged?.total),
      source: judgedBefore ? SOURCE_CODE.recheck : SOURCE_CODE.lookup,
      judgedMs: Math.max(atMs, latestAlarm(file)),
      scanDate: judged?.scanDate ?? null,
      permalink: judged?.permalink ?? null,
      report: report && zstdCompressSync(JSON.stringify(report)),
      speaker: null,
      alert: null,
    });
  }

  #isTurned({ verdict }: FileRecord): boolean {
    return verdict !== null && this.#statements.turned.get(verdict.id) === 1;
  }

  /** Nothing was learned: the file waits for its next turn. */
  #putOff(file: FileRecord, refusal: LookupRefusal, settlement: Settlement): Settled {
    const { queue } = file;
    // A verdict of the manager's may have answered it meanwhile.
    if (queue) {
      file.queue = {
        ...queue,
        dueMs: Math.max(0, settlement.retryAtMs ?? 0),
        attempts: queue.attempts + 1,
        lastOutcome: refusal.kind,
        lastMessage: describeRefusal(refusal),
      };
    }
    this.#tell(file, settlement);
    return { fileId: file.id, standing: standingOfFile(file), isFlip: false };
  }

  /** To integration.log, and to the managers that are to hear of it. */
  #tell(file: FileRecord, settlement: Settlement): void {
    const line = formatIntegrationEvent(settlement.outcome, this.#sourceOf(file));
    if (line !== null) this.#statements.addLine.run(line);
    this.#publications.add(file, settlement);
  }

  #sourceOf({ id, hashes }: FileRecord): IntegrationSource {
    const event = this.#statements.firstEvent.get(id);
    return { hashes, event: event ? toSourceEvent(event) : null };
  }
}

/** A clock that was set back must not keep a manager's alarm above the lookup that checked it. */
function latestAlarm({ verdict }: FileRecord): number {
  return verdict?.source === SOURCE_CODE.manager ? verdict.judgedMs : 0;
}

function standingOfFile(file: FileRecord): Standing {
  return standingFromCode(standingCodeOf(file)) ?? 'queued';
}

function unknownFile(id: number): DomainError {
  return new DomainError(
    'store.no-such-file',
    `File ${id} is not in the store.`,
    'Reload the list: the entry may be from another data folder.',
  );
}

function prepareStatements({ db }: WriteSession) {
  return {
    addLine: db.prepare<[string]>('INSERT INTO outbox (line) VALUES (?)'),
    turned: db.prepare<[number], number>('SELECT turned FROM verdict WHERE id = ?').pluck(),
    firstEvent: db.prepare<[number], FirstEventRow>(
      `SELECT event.alert_sec AS sec, event.alert_off AS off, path.text AS path, agent.wazuh_id AS agentId,
         agent.name AS agentName
       FROM event JOIN path ON path.id = event.path_id JOIN agent ON agent.id = event.agent_id
       WHERE event.file_id = ? AND event.disposition = 0
       ORDER BY event.time_ms, event.id LIMIT 1`,
    ),
  };
}
