import type { Database } from 'better-sqlite3';
import { ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { utcDayKey } from '../../../src-shared/domain/quota.ts';
import type { AgentCounts, DayCounts, Overview } from '../../../src-shared/ipc/overview.ts';
import { readAttention } from './attention.ts';
import { readLedger, readTallies } from './ledger.ts';
import { listFiles } from './list-files.ts';
import { EVERYTHING } from './file-filter.ts';
import { statement, toIso } from './statements.ts';

const DAY_MS = 86_400_000;
const SHOWN_AGENTS = 8;
const SHOWN_DETECTIONS = 8;

export interface OverviewRequest {
  /** Days of the trend, today included. */
  readonly days: number;
  readonly nowMs: number;
}

/** From counters and short index ranges only; what sources have to say is added by the caller. */
export function readOverview(db: Database, { days, nowMs }: OverviewRequest): Overview {
  const ledger = readLedger(db);
  const tallies = readTallies(db);
  const difference = ledger.fimEvents - ledgerSum(ledger.states);
  const latest = listFiles(db, {
    filter: { ...EVERYTHING, standings: ['malicious', 'suspicious'] },
    sort: 'activity',
    direction: 'descending',
    cursor: null,
    limit: SHOWN_DETECTIONS,
  });
  return {
    since: oldestEvent(db),
    ledger,
    days: readDays(db, days, nowMs),
    agents: readTopAgents(db),
    latest: latest.rows,
    detectionsTotal: tallies.malicious + tallies.suspicious,
    agentsTotal: countAgents(db),
    filesJudged: tallies.malicious + tallies.suspicious + tallies.no_records + tallies.clean,
    attention:
      difference === 0
        ? readAttention(db, nowMs)
        : [{ kind: 'ledger-mismatch', difference }, ...readAttention(db, nowMs)],
  };
}

function oldestEvent(db: Database): string | null {
  const row = statement<{ sec: number }>(
    db,
    'SELECT alert_sec AS sec FROM event ORDER BY alert_sec LIMIT 1',
  ).get();
  return row ? toIso(row.sec * 1000) : null;
}

/** Every day of the span, those without any row included. */
function readDays(db: Database, days: number, nowMs: number): readonly DayCounts[] {
  const first = utcDayKey(nowMs - (days - 1) * DAY_MS);
  const rows = statement<DayRow>(db, 'SELECT * FROM day_tally WHERE day BETWEEN ? AND ?').all(
    first,
    utcDayKey(nowMs),
  );
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: days }, (_, index) => {
    const day = utcDayKey(nowMs - (days - 1 - index) * DAY_MS);
    return toDayCounts(day, byDay.get(day));
  });
}

function toDayCounts(day: string, row: DayRow | undefined): DayCounts {
  const { malicious = 0, suspicious = 0, clean = 0, no_records: noRecords = 0, fim_events = 0 } = row ?? {};
  const judged = malicious + suspicious + clean + noRecords;
  return { day, judged, malicious, suspicious, clean, noRecords, fimEvents: fim_events };
}

function readTopAgents(db: Database): readonly AgentCounts[] {
  return statement<AgentRow>(
    db,
    `SELECT name, wazuh_id, malicious, suspicious, events FROM agent WHERE events > 0
     ORDER BY malicious DESC, suspicious DESC, events DESC, name LIMIT ${SHOWN_AGENTS}`,
  )
    .all()
    .map((agent) => ({
      agentName: agent.name,
      agentId: agent.wazuh_id,
      malicious: agent.malicious,
      suspicious: agent.suspicious,
      fimEvents: agent.events,
    }));
}

function countAgents(db: Database): number {
  const row = statement<{ agents: number }>(
    db,
    'SELECT count(*) AS agents FROM agent WHERE events > 0',
  ).get();
  return row?.agents ?? 0;
}

interface DayRow {
  readonly day: string;
  readonly fim_events: number;
  readonly malicious: number;
  readonly suspicious: number;
  readonly no_records: number;
  readonly clean: number;
}

interface AgentRow {
  readonly name: string;
  readonly wazuh_id: string | null;
  readonly malicious: number;
  readonly suspicious: number;
  readonly events: number;
}
