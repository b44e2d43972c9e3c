import { z } from 'zod';
import type { WireError } from '../../src-shared/errors/domain-error.ts';
import type { PublicationCounts } from '../../src-shared/ipc/connections.ts';
import { PUBLICATION_CODE } from './codes.ts';
import { PublicationCounter } from './publication-counts.ts';
import type { WriteSession } from './write-session.ts';

/** One outcome that waits to be handed to a manager. */
export interface WaitingPublication {
  readonly id: number;
  /** The event as it is handed over, marker included. */
  readonly event: string;
  /** The agent it is about, by the name the manager knows; null for what concerns the manager itself. */
  readonly agent: { readonly name: string; readonly id: string | null; readonly ip: string | null } | null;
  /** Hand-overs that failed so far. */
  readonly attempts: number;
  /** Not to be tried before; epoch milliseconds. */
  readonly dueMs: number;
}

const NO_PUBLICATIONS: PublicationCounts = { waiting: 0, sent: 0, seen: 0, failed: 0, error: null };

const ONE_BEGUN = { waiting: -1, sent: 1 };
const ONE_BACK = { waiting: 1, sent: -1 };

/** What waits for each manager, in order, and what became of it. */
export class PublicationStore {
  readonly #session: WriteSession;
  readonly #counter: PublicationCounter;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#counter = new PublicationCounter(session.db);
    this.#statements = prepareStatements(session);
  }

  /** The oldest that waits for this manager: it goes first, whatever the others wait for. */
  next(profileId: number): WaitingPublication | null {
    const row = this.#statements.next.get(profileId);
    if (!row) return null;
    const { id, event, attempts, dueMs, agentName, agentId, agentIp } = row;
    const agent = agentName === null ? null : { name: agentName, id: agentId, ip: agentIp };
    return { id, event, agent, attempts, dueMs };
  }

  /** To be called before it leaves: what a killed process had begun is not sent again before its alert had its time. */
  begin(profileId: number, id: number, nowMs: number): void {
    this.#session.run(() => {
      if (this.#statements.begin.run(nowMs, id).changes > 0) this.#counter.add(profileId, ONE_BEGUN);
    });
  }

  /** The manager took it. */
  markSent(profileId: number, id: number, nowMs: number): void {
    this.#session.run(() => {
      this.#statements.markSent.run(nowMs, id);
      this.#counter.setError(profileId, null);
    });
  }

  /** The manager did not take it; it is the next one again. */
  putOff(profileId: number, id: number, dueMs: number, error: WireError): void {
    this.#session.run(() => {
      if (this.#statements.putOff.run(dueMs, id).changes > 0) this.#counter.add(profileId, ONE_BACK);
      this.#counter.setError(profileId, error);
    });
  }

  /** It never left: as `putOff`, but it costs no attempt. */
  putBack(profileId: number, id: number, dueMs: number, error: WireError): void {
    this.#session.run(() => {
      if (this.#statements.putBackOne.run(dueMs, id).changes > 0) this.#counter.add(profileId, ONE_BACK);
      this.#counter.setError(profileId, error);
    });
  }

  /** It is given up; when its alert comes back all the same it counts as seen. */
  markFailed(profileId: number, id: number, nowMs: number, error: WireError): void {
    this.#session.run(() => {
      if (this.#statements.markFailed.run(nowMs, id).changes > 0)
        this.#counter.add(profileId, { sent: -1, failed: 1 });
      this.#counter.setError(profileId, error);
    });
  }

  /**
   * Gives up what was handed over before this instant and never seen, and puts back what may have been: nobody knows
   * whether it left. Returns how many changed.
   */
  expire(profileId: number, beforeMs: number, nowMs: number, error: WireError): number {
    return this.#session.run(() => {
      const failed = this.#statements.expire.run(nowMs, profileId, beforeMs).changes;
      const back = this.#statements.putBack.run(profileId, beforeMs).changes;
      if (failed + back > 0) this.#counter.add(profileId, { waiting: back, sent: -failed - back, failed });
      if (failed > 0) this.#counter.setError(profileId, error);
      return failed + back;
    });
  }

  /** Publishing was switched off: what was not handed over yet never is. */
  dropWaiting(profileId: number): void {
    this.#session.run(() => {
      const { changes } = this.#statements.dropWaiting.run(profileId);
      this.#counter.add(profileId, { waiting: -changes });
      this.#counter.setError(profileId, null);
    });
  }

  /** Forgets the rows of failures from before this instant; they stay counted. */
  forgetFailures(beforeMs: number): void {
    this.#session.run(() => this.#statements.forgetFailures.run(beforeMs));
  }

  counts(profileId: number): PublicationCounts {
    const row = this.#statements.counts.get(profileId);
    if (!row) return NO_PUBLICATIONS;
    const { error, ...counts } = row;
    const parsed = error === null ? null : wireError.safeParse(JSON.parse(error));
    return { ...counts, error: parsed?.success ? parsed.data : null };
  }
}

const wireError = z.object({ code: z.string(), message: z.string(), remedy: z.string() });

interface NextRow {
  readonly id: number;
  readonly event: string;
  readonly attempts: number;
  readonly dueMs: number;
  readonly agentName: string | null;
  readonly agentId: string | null;
  readonly agentIp: string | null;
}

interface CountsRow {
  readonly waiting: number;
  readonly sent: number;
  readonly seen: number;
  readonly failed: number;
  readonly error: string | null;
}

function prepareStatements({ db }: WriteSession) {
  const { waiting, sending, sent, failed } = PUBLICATION_CODE;
  return {
    // What the alerts do not tell of an agent, the manager's own list may.
    next: db.prepare<[number], NextRow>(
      `SELECT publication.id, event, attempts, due_ms AS dueMs, agent_name AS agentName,
         coalesce(publication.agent_id, listed.agent_id) AS agentId, listed.ip AS agentIp
       FROM publication
         LEFT JOIN manager_agent AS listed
           ON listed.profile_id = publication.profile_id AND listed.name = publication.agent_name
             AND listed.agent_id = coalesce(publication.agent_id, listed.agent_id)
       WHERE publication.profile_id = ? AND state = ${waiting} ORDER BY publication.id LIMIT 1`,
    ),
    begin: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${sending}, changed_ms = ? WHERE id = ? AND state = ${waiting}`,
    ),
    markSent: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${sent}, changed_ms = ? WHERE id = ? AND state = ${sending}`,
    ),
    putOff: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${waiting}, attempts = attempts + 1, due_ms = ?
       WHERE id = ? AND state = ${sending}`,
    ),
    markFailed: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${failed}, changed_ms = ? WHERE id = ? AND state = ${sending}`,
    ),
    expire: db.prepare<[number, number, number]>(
      `UPDATE publication SET state = ${failed}, changed_ms = ?
       WHERE profile_id = ? AND state = ${sent} AND changed_ms < ?`,
    ),
    putBackOne: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${waiting}, due_ms = ? WHERE id = ? AND state = ${sending}`,
    ),
    putBack: db.prepare<[number, number]>(
      `UPDATE publication SET state = ${waiting}, attempts = attempts + 1
       WHERE profile_id = ? AND state = ${sending} AND changed_ms < ?`,
    ),
    dropWaiting: db.prepare<[number]>(`DELETE FROM publication WHERE profile_id = ? AND state = ${waiting}`),
    forgetFailures: db.prepare<[number]>(
      `DELETE FROM publication WHERE state = ${failed} AND changed_ms < ?`,
    ),
    counts: db.prepare<[number], CountsRow>(
      'SELECT waiting, sent, seen, failed, error FROM publication_count WHERE profile_id = ?',
    ),
  };
}
