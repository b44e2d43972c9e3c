import { summarise } from '../../src-shared/domain/scan-words.ts';
import type { LikelyCause, NewScan } from '../kes/scan-store.ts';
import { ScanTally } from './scan-tally.ts';
import type { WriteSession } from './write-session.ts';

/** What a new scan has that was not planned for it. */
export interface ScanOrigin {
  /** Null for one that a manager launched by itself. */
  readonly orderId: number | null;
  readonly askedMs: number;
  readonly likelyCause: LikelyCause | null;
}

/** Adds scans, without evidence yet. Its callers hold the transaction. */
export class ScanRows {
  readonly #tally: ScanTally;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#tally = new ScanTally(session);
    this.#statements = prepareStatements(session);
  }

  add(scan: NewScan, { orderId, askedMs, likelyCause }: ScanOrigin): number {
    const { profile, agentId, agentName, kind, path, action, route, program, dispatch, exact, token } = scan;
    const state = 'planned';
    this.#tally.added({ state, program });
    return Number(
      this.#statements.add.run({
        orderId,
        profile,
        agentId,
        agentName,
        kind,
        path,
        action,
        route,
        program,
        dispatch: dispatch && JSON.stringify(dispatch),
        exact: JSON.stringify(exact),
        token,
        isCanary: Number(scan.isCanary),
        waitsUntilMs: scan.waitsUntilMs,
        state,
        summary: summarise(kind, state, []),
        askedMs,
        likelyCause: likelyCause && JSON.stringify(likelyCause),
      }).lastInsertRowid,
    );
  }

  /** The line that tells the cause may come after the one that was read as a start. */
  setLikelyCause(scanId: number, cause: LikelyCause): void {
    this.#statements.setLikelyCause.run(JSON.stringify(cause), scanId);
  }
}

function prepareStatements({ db }: WriteSession) {
  return {
    add: db.prepare<[Readonly<Record<string, string | number | null>>]>(
      `INSERT INTO scan (order_id, profile, profile_id, agent_id, agent_name, kind, path, action, route, program,
         dispatch, exact, token, is_canary, waits_until_ms, state, summary, asked_ms, likely_cause)
       VALUES (@orderId, @profile, (SELECT id FROM profile WHERE name = @profile), @agentId, @agentName, @kind, @path,
         @action, @route, @program, @dispatch, @exact, @token, @isCanary, @waitsUntilMs, @state, @summary, @askedMs,
         @likelyCause)`,
    ),
    setLikelyCause: db.prepare<[string, number]>(
      'UPDATE scan SET likely_cause = ? WHERE id = ? AND order_id IS NULL AND likely_cause IS NULL',
    ),
  };
}
