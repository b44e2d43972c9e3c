import type {
  KesEvent,
  LookupFailure,
  ManagerVerdict,
  ResponseEvent,
} from '../../src-shared/domain/alert.ts';
import { strongestHash } from '../../src-shared/domain/file-hash.ts';
import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { standingOf } from '../../src-shared/domain/outcome.ts';
import { managerVerdictKey, plainAlertKey } from './alert-key.ts';
import { SOURCE_CODE, STANDING_CODE } from './codes.ts';
import type { FileRecord } from './file-record.ts';
import { heardOf } from './heard-alert.ts';
import { storableTime, wholeOrNull } from './storable.ts';
import type { WriteSession } from './write-session.ts';

/** Writes what the manager itself says beside FIM events: its verdicts, its failures, responses and KES messages. */
export class ManagerAlerts {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  /**
   * A verdict judged when the alert was raised. It saves the lookup of a queued file: an alarm of any, one that says
   * harmless of a file that its agent alone reported.
   */
  addVerdict(alert: ManagerVerdict, managerId: number, nowMs: number): void {
    if (!strongestHash(alert.hashes)) return;
    const { dictionaries, files, identity, unanswered, verdicts } = this.#session;
    const key = managerVerdictKey(alert);
    if (this.#statements.isKnownVerdict.get(key.sec, key.off, key.fingerprint) !== undefined) return;
    // A manager whose clock is ahead must not overrule every later lookup.
    const judgedMs = Math.min(storableTime(alert.timeMs, nowMs), nowMs);
    const file = files.edit(identity.resolve(alert.hashes, judgedMs).id);
    if (!file) return;
    const agentId = dictionaries.agentId(alert.agent);
    const { outcome } = alert;
    const counts = outcome.kind === 'no-records' ? null : outcome;
    verdicts.append(file, {
      standing: STANDING_CODE[standingOf(outcome)],
      positives: wholeOrNull(counts?.positives),
      suspicious: wholeOrNull(counts?.suspicious),
      total: wholeOrNull(counts?.total),
      source: SOURCE_CODE.manager,
      judgedMs,
      scanDate: counts?.scanDate ?? null,
      permalink: counts?.permalink ?? null,
      report: null,
      speaker: { managerId, agentId },
      alert: key,
    });
    if (file.pathId === null && alert.path !== null) {
      file.pathId = dictionaries.pathId(alert.path, null);
      file.agentId = agentId;
    }
    leaveQueue(file, judgedMs);
    unanswered.enqueue(file, nowMs);
  }

  /** Counted for what needs attention; such an alert names neither file nor agent. */
  addFailure(alert: LookupFailure): void {
    const { sec, off } = plainAlertKey(alert);
    this.#statements.addFailure.run(sec, off, wholeOrNull(Number(alert.ruleId)) ?? 0);
  }

  /** Kept for the evidence of scans (`scan-alerts.ts`). */
  addResponse(alert: ResponseEvent | KesEvent, sourceId: number, nowMs: number): void {
    const { sec, off, fingerprint } = plainAlertKey(alert);
    const agentId = this.#session.dictionaries.agentId(alert.agent);
    this.#statements.addResponse.run(
      sec,
      off,
      fingerprint,
      storableTime(alert.timeMs, nowMs),
      agentId,
      alert.ruleId,
      JSON.stringify(heardOf(alert)),
      sourceId,
      alert.agent.id,
      Number(AGENT_LOG.test(alert.location)),
    );
  }
}

/** Where agents write what their responses do. A line of that shape in another log is anybody's. */
const AGENT_LOG = /(?:^|[\\/])active-responses\.log$/;

/** A lookup is saved, unless a person asked for it or what is waiting is a re-check younger than this verdict. */
function leaveQueue(file: FileRecord, judgedMs: number): void {
  const { queue, verdict } = file;
  // Something else answers the file.
  if (verdict?.source !== SOURCE_CODE.manager || verdict.judgedMs !== judgedMs) return;
  if (!queue || queue.priority === LOOKUP_PRIORITY.asked) return;
  const isOlderThanQueue = queue.priority === LOOKUP_PRIORITY.recheck && judgedMs < queue.queuedMs;
  if (!isOlderThanQueue) file.queue = null;
}

function prepareStatements({ db }: WriteSession) {
  return {
    isKnownVerdict: db
      .prepare<[number, number, bigint], number>(
        'SELECT 1 FROM verdict WHERE alert_sec = ? AND alert_off = ? AND fingerprint = ?',
      )
      .pluck(),
    addFailure: db.prepare<[number, number, number]>(
      'INSERT OR IGNORE INTO manager_failure (alert_sec, alert_off, rule) VALUES (?, ?, ?)',
    ),
    addResponse: db.prepare<(number | bigint | string | null)[]>(
      `INSERT INTO response_event (alert_sec, alert_off, fingerprint, time_ms, agent_id, rule_id, detail, source_id,
         wazuh_id, is_from_agent_log)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
  };
}
