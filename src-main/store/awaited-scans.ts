import type { Database } from 'better-sqlite3';
import {
  CLOCK_TOLERANCE_MS,
  LONGEST_SCAN_MS,
  type AwaitedScan,
} from '../../src-shared/domain/scan-matching.ts';
import { storedKind, storedProgram, storedState, type ScanRecord } from './scan-record.ts';

/** Scans of one agent looked at for one alert; a trigger that fires all the time launches more than anybody asks for. */
const MOST_SCANS = 200;

/** Which scans an alert may belong to. */
export class AwaitedScans {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database) {
    this.#statements = prepareStatements(db);
  }

  /**
   * Those of the alert's agent at its time, the newest of them; with a token also the one that has it, of whatever
   * profile when the alert was in a file that somebody brought (`isLive` false).
   */
  near(
    { profile, isLive }: { readonly profile: string; readonly isLive: boolean },
    {
      agentId,
      agentName,
      timeMs,
    }: { readonly agentId: string | null; readonly agentName: string; readonly timeMs: number },
    token: string | null,
  ): readonly AwaitedScan[] {
    const [from, to] = [timeMs - LONGEST_SCAN_MS, timeMs + CLOCK_TOLERANCE_MS];
    const { byId, byName, byToken } = this.#statements;
    const rows =
      agentId === null
        ? byName.all(profile, agentName, from, to, MOST_SCANS)
        : byId.all(profile, agentId, from, to, MOST_SCANS);
    if (token !== null) rows.push(...byToken.all(token, isLive ? profile : null));
    const scans = [...new Map(rows.map((row) => [row.id, row])).values()];
    const launches = this.#launchesOf(scans.map(({ id }) => id));
    return scans.map((row) => awaited(row, launches.get(row.id) ?? []));
  }

  #launchesOf(scanIds: readonly number[]): ReadonlyMap<number, AwaitedScan['launches']> {
    const found = this.#statements.launches.all(JSON.stringify(scanIds));
    return new Map(
      [...Map.groupBy(found, ({ scan_id }) => scan_id)].map(([scanId, launches]) => [
        scanId,
        launches.map(({ program, time_ms }) => ({ program, timeMs: time_ms })),
      ]),
    );
  }
}

function awaited(row: ScanRecord, launches: AwaitedScan['launches']): AwaitedScan {
  return {
    id: row.id,
    agentId: row.agent_id,
    agentName: row.agent_name,
    kind: storedKind.parse(row.kind),
    path: row.path,
    program: storedProgram.parse(row.program),
    token: row.token,
    state: storedState.parse(row.state),
    sentMs: row.sent_ms,
    launchedMs: row.launched_ms,
    endedMs: row.ended_ms,
    launches,
  };
}

interface LaunchRecord {
  readonly scan_id: number;
  readonly program: string;
  readonly time_ms: number;
}

function prepareStatements(db: Database) {
  const heard = `(order_id IS NULL OR sent_ms IS NOT NULL) AND coalesce(sent_ms, asked_ms) BETWEEN ? AND ?
    ORDER BY coalesce(sent_ms, asked_ms) DESC LIMIT ?`;
  return {
    byId: db.prepare<[string, string, number, number, number], ScanRecord>(
      `SELECT * FROM scan WHERE profile = ? AND agent_id = ? AND ${heard}`,
    ),
    byName: db.prepare<[string, string, number, number, number], ScanRecord>(
      `SELECT * FROM scan WHERE profile = ? AND agent_name = ? AND ${heard}`,
    ),
    byToken: db.prepare<[string, string | null], ScanRecord>(
      'SELECT * FROM scan WHERE token = ? AND profile = coalesce(?, profile) ORDER BY id DESC LIMIT 10',
    ),
    launches: db.prepare<[string], LaunchRecord>(
      `SELECT scan_id, program, time_ms FROM scan_alert
       WHERE scan_id IN (SELECT value FROM json_each(?)) AND program IS NOT NULL ORDER BY time_ms`,
    ),
  };
}
