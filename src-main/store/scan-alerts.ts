import { randomInt } from 'node:crypto';
import type { HeardAlert, HeardKes, HeardResponse } from '../../src-shared/domain/heard-alert.ts';
import { evidenceOf, evidenceOfTrigger } from '../../src-shared/domain/heard-evidence.ts';
import { isWrapper, programName } from '../../src-shared/domain/response-deed.ts';
import { matchKes, matchResponse, type ResponseMatch } from '../../src-shared/domain/scan-matching.ts';
import type { LikelyCause, NewScan } from '../kes/scan-store.ts';
import { AwaitedScans } from './awaited-scans.ts';
import { heardFromRecord, type HeardRecord } from './heard-alert.ts';
import { ScanEvidenceLog } from './scan-evidence.ts';
import { ScanRows } from './scan-rows.ts';
import type { WriteSession } from './write-session.ts';

/** What became of some alerts that were read since the last time. */
export interface CollectedAlerts {
  /** Alerts looked at; fewer than asked for: there are no more. */
  readonly alerts: number;
  /** Scans that have new evidence, each once. */
  readonly scans: readonly CollectedScan[];
}
export interface CollectedScan {
  readonly scanId: number;
  /** Null for one that a manager launched by itself. */
  readonly orderId: number | null;
  /** The alert came over a connection rather than out of a file that was read once. */
  readonly isLive: boolean;
}

/**
 * Makes evidence of alerts about responses and KES. The alerts are in the store already; where reading stopped is kept in
 * the transaction that keeps the evidence, so that each alert counts once, whenever the app ends.
 */
export class ScanAlerts {
  readonly #session: WriteSession;
  readonly #log: ScanEvidenceLog;
  readonly #rows: ScanRows;
  readonly #awaited: AwaitedScans;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#log = new ScanEvidenceLog(session);
    this.#rows = new ScanRows(session);
    this.#awaited = new AwaitedScans(session.db);
    this.#statements = prepareStatements(session);
  }

  /** The next alerts, `most` of them at most, in one durable transaction. */
  collect(most: number, nowMs: number): CollectedAlerts {
    const rows = this.#statements.next.all(most);
    const last = rows.at(-1);
    if (!last) return NOTHING;
    return this.#session.run(() => {
      const scans = new Map<number, CollectedScan>();
      for (const row of rows) {
        const scanId = this.#take(row, nowMs);
        const scan = scanId === null ? null : this.#log.scan(scanId);
        if (scan)
          scans.set(scan.id, { scanId: scan.id, orderId: scan.orderId, isLive: originOf(row).isLive });
      }
      this.#statements.setRead.run(String(last.id));
      return { alerts: rows.length, scans: [...scans.values()] };
    });
  }

  #take(row: HeardRecord, nowMs: number): number | null {
    const alert = heardFromRecord(row);
    if (!alert) return null;
    return alert.kind === 'kes' ? this.#takeKes(alert, row, nowMs) : this.#takeResponse(alert, row, nowMs);
  }

  #takeResponse(response: HeardResponse, row: HeardRecord, nowMs: number): number | null {
    const match = matchResponse(response, this.#awaited.forResponse(originOf(row), response));
    if (match.kind === 'none') return null;
    const scanId = match.kind === 'scan' ? match.scanId : this.#addAutomatic(match, response, row, nowMs);
    const cause = causeOf(response);
    if (cause) this.#rows.setLikelyCause(scanId, cause);
    this.#give(scanId, response, row, nowMs);
    return scanId;
  }

  #takeKes(event: HeardKes, row: HeardRecord, nowMs: number): number | null {
    const scanId = matchKes(event, this.#awaited.forKes(originOf(row), event));
    if (scanId === null) {
      this.#addDetection(event, row);
      return null;
    }
    this.#give(scanId, event, row, nowMs);
    return scanId;
  }

  #give(scanId: number, alert: HeardAlert, row: HeardRecord, nowMs: number): void {
    const program = alert.kind === 'response' && isWrapper(alert) ? programName(alert) : null;
    this.#statements.give.run(row.id, scanId, program, alert.timeMs);
    const evidence = evidenceOf(alert);
    if (evidence) this.#log.append(scanId, [evidence], nowMs);
  }

  #addAutomatic(
    { deed, program }: Extract<ResponseMatch, { kind: 'automatic' }>,
    response: HeardResponse,
    row: HeardRecord,
    nowMs: number,
  ): number {
    const scan: NewScan = {
      profile: row.profile,
      agentId: response.agentId ?? this.#statements.listedId.get(row.profile_id, response.agentName) ?? '',
      agentName: response.agentName,
      kind: deed.kind,
      path: deed.path,
      action: deed.action,
      route: null,
      program,
      dispatch: null,
      exact: [],
      token: response.report?.token ?? aToken(),
      isCanary: false,
      waitsUntilMs: null,
    };
    const askedMs = Math.min(response.timeMs, nowMs);
    const scanId = this.#rows.add(scan, { orderId: null, askedMs, likelyCause: null });
    this.#log.append(scanId, [evidenceOfTrigger(response)], nowMs);
    return scanId;
  }

  /** Found by a task that nobody here started: worth knowing where the file is looked at. */
  #addDetection(
    { detection, agentId, agentName, timeMs }: HeardKes,
    { profile, profile_id }: HeardRecord,
  ): void {
    if (!detection || detection.path === null) return;
    const { path, threat } = detection;
    this.#statements.addDetection.run(profile, profile_id, agentId, agentName, path, threat, timeMs);
  }
}

function originOf({ profile, profile_id }: HeardRecord) {
  return { profile, isLive: profile_id !== null };
}

const NOTHING: CollectedAlerts = { alerts: 0, scans: [] };

function causeOf({ trigger, timeMs }: HeardResponse): LikelyCause | null {
  if (!trigger) return null;
  const { alertId, ruleId, description } = trigger;
  const secondsBefore = Math.max(0, Math.round((timeMs - trigger.timeMs) / 1000));
  return { alertId, ruleId, description, secondsBefore };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

function aToken(): string {
  return Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

function prepareStatements({ db }: WriteSession) {
  return {
    next: db.prepare<[number], HeardRecord>(
      `SELECT response_event.id, alert_sec, alert_off, time_ms, rule_id, response_event.wazuh_id,
         agent.name AS agent_name, is_from_agent_log, detail, source.profile, source.profile_id
       FROM response_event
         JOIN agent ON agent.id = response_event.agent_id
         JOIN source ON source.id = response_event.source_id
       WHERE response_event.id > (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'scan-alerts-read')
       ORDER BY response_event.id LIMIT ?`,
    ),
    setRead: db.prepare<[string]>(`UPDATE setting SET value = ? WHERE name = 'scan-alerts-read'`),
    give: db.prepare<[number, number, string | null, number]>(
      'INSERT INTO scan_alert (response_event_id, scan_id, program, time_ms) VALUES (?, ?, ?, ?)',
    ),
    listedId: db
      .prepare<[number | null, string], string>(
        'SELECT agent_id FROM manager_agent WHERE profile_id = ? AND name = ? LIMIT 1',
      )
      .pluck(),
    addDetection: db.prepare<(string | number | null)[]>(
      `INSERT INTO kes_detection (profile, profile_id, agent_id, agent_name, path, threat, time_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}
