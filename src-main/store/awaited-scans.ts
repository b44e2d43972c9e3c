import type { Database } from 'better-sqlite3';
import type { HeardKes, HeardResponse } from '../../src-shared/domain/heard-alert.ts';
import {
  CLOCK_TOLERANCE_MS,
  LAUNCH_WINDOW_MS,
  LONGEST_SCAN_MS,
  ONE_RUN_MS,
  type AwaitedScan,
} from '../../src-shared/domain/scan-matching.ts';
import { storedKind, storedProgram, storedState, type ScanRecord } from './scan-record.ts';

/** Scans looked at for one alert; a trigger that fires all the time launches more than anybody asks for. */
const MOST_SCANS = 50;

/** Where an alert was read. */
export interface AlertOrigin {
  readonly profile: string;
  /** False for a file that somebody brought. */
  readonly isLive: boolean;
}

/** Which scans an alert may belong to: those of its agent, at its time. What decides is `scan-matching.ts`. */
export class AwaitedScans {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database) {
    this.#statements = prepareStatements(db);
  }

  /**
   * Those that wait for a sign and those that were seen to start just then; for a line of our script the one that has its
   * token, in whatever profile when the alert was in a file that somebody brought.
   */
  forResponse({ profile, isLive }: AlertOrigin, response: HeardResponse): readonly AwaitedScan[] {
    const { report, agentId, agentName, timeMs } = response;
    if (report) return this.#awaited(this.#statements.byToken.all(report.token, isLive ? profile : null));
    const times = [
      timeMs - LAUNCH_WINDOW_MS,
      timeMs + CLOCK_TOLERANCE_MS,
      timeMs - ONE_RUN_MS,
      MOST_SCANS,
    ] as const;
    const { startingById, startingByName } = this.#statements;
    return this.#awaited(
      agentId === null
        ? startingByName.all(profile, agentName, ...times)
        : startingById.all(profile, agentId, ...times),
    );
  }

  /** Those that were seen to start, the newest. */
  forKes({ profile }: AlertOrigin, { agentId, agentName, timeMs }: HeardKes): readonly AwaitedScan[] {
    const times = [timeMs - LONGEST_SCAN_MS, timeMs + CLOCK_TOLERANCE_MS, MOST_SCANS] as const;
    const { launchedById, launchedByName } = this.#statements;
    return this.#awaited(
      agentId === null
        ? launchedByName.all(profile, agentName, ...times)
        : launchedById.all(profile, agentId, ...times),
    );
  }

  #awaited(rows: readonly ScanRecord[]): readonly AwaitedScan[] {
    const found = this.#statements.launches.all(JSON.stringify(rows.map(({ id }) => id)));
    const launches = Map.groupBy(found, ({ scan_id }) => scan_id);
    return rows.map((row) => toAwaited(row, launches.get(row.id) ?? []));
  }
}

interface LaunchRecord {
  readonly scan_id: number;
  readonly program: string;
  readonly time_ms: number;
}

function toAwaited(row: ScanRecord, launches: readonly LaunchRecord[]): AwaitedScan {
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
    launches: launches.map(({ program, time_ms }) => ({ program, timeMs: time_ms })),
  };
}

/** When a scan was sent or, by a manager, launched: as the indexes have it. */
const HEARD_MS = 'coalesce(sent_ms, asked_ms)';

function prepareStatements(db: Database) {
  type Starting = [string, string, number, number, number, number];
  type Launched = [string, string, number, number, number];
  const starting = `(sent_ms IS NOT NULL OR order_id IS NULL) AND ${HEARD_MS} BETWEEN ? AND ?
    AND (launched_ms IS NULL OR launched_ms >= ?) ORDER BY ${HEARD_MS} LIMIT ?`;
  const launched = `launched_ms IS NOT NULL AND ${HEARD_MS} BETWEEN ? AND ? ORDER BY ${HEARD_MS} DESC LIMIT ?`;
  const [byId, byName] = ['profile = ? AND agent_id = ?', 'profile = ? AND agent_name = ?'];
  return {
    startingById: db.prepare<Starting, ScanRecord>(`SELECT * FROM scan WHERE ${byId} AND ${starting}`),
    startingByName: db.prepare<Starting, ScanRecord>(`SELECT * FROM scan WHERE ${byName} AND ${starting}`),
    launchedById: db.prepare<Launched, ScanRecord>(`SELECT * FROM scan WHERE ${byId} AND ${launched}`),
    launchedByName: db.prepare<Launched, ScanRecord>(`SELECT * FROM scan WHERE ${byName} AND ${launched}`),
    byToken: db.prepare<[string, string | null], ScanRecord>(
      'SELECT * FROM scan WHERE token = ? AND profile = coalesce(?, profile) ORDER BY id DESC LIMIT 10',
    ),
    launches: db.prepare<[string], LaunchRecord>(
      `SELECT scan_id, program, time_ms FROM scan_alert
       WHERE scan_id IN (SELECT value FROM json_each(?)) AND program IS NOT NULL ORDER BY time_ms`,
    ),
  };
}
