import type { Database } from 'better-sqlite3';
import { STANDING_CODE } from './codes.ts';

/** One FIM event as it is counted for an agent of one source. */
export interface AgentSighting {
  readonly sourceId: number;
  readonly agentId: number;
  /** As the alert tells it; null in the text form. */
  readonly wazuhId: string | null;
  readonly timeMs: number;
}

interface Count {
  events: number;
  lastEventMs: number;
  wazuhId: string | null;
}

/**
 * What each source saw of each agent: two managers may have agents of one name, so the counters of the dictionary
 * `agent` are not theirs. Also which sources and agents reported the files that are malicious or suspicious at present.
 * Both are derived from the events, like all counters, and written with them.
 */
export class AgentSightings {
  readonly #counts = new Map<number, Map<number, Count>>();
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database) {
    this.#statements = prepareStatements(db);
  }

  add({ sourceId, agentId, wazuhId, timeMs }: AgentSighting): void {
    let agents = this.#counts.get(sourceId);
    if (!agents) this.#counts.set(sourceId, (agents = new Map()));
    const count = agents.get(agentId);
    if (!count) {
      agents.set(agentId, { events: 1, lastEventMs: timeMs, wazuhId });
      return;
    }
    count.events += 1;
    if (timeMs > count.lastEventMs) count.lastEventMs = timeMs;
    if (wazuhId !== null) count.wazuhId = wazuhId;
  }

  /** A file that is flagged already was reported once more. `standing`: as it was saved last. */
  addFlagged(fileId: number, standing: number, sourceId: number, agentId: number): void {
    if (isFlagged(standing)) this.#statements.flag.run(fileId, sourceId, agentId);
  }

  standingChanged(fileId: number, before: number, after: number): void {
    if (isFlagged(before) === isFlagged(after)) return;
    if (isFlagged(after)) this.#statements.flagAll.run(fileId);
    else this.#statements.unflag.run(fileId);
  }

  /** After the events of one file went to another. `standing`: of the survivor, as it was saved last. */
  joined(goneId: number, survivorId: number, standing: number): void {
    this.#statements.unflag.run(goneId);
    if (isFlagged(standing)) this.#statements.flagAll.run(survivorId);
  }

  /** Writes what was counted; part of a transaction's end. */
  save(): void {
    for (const [sourceId, agents] of this.#counts) {
      for (const [agentId, { wazuhId, events, lastEventMs }] of agents) {
        this.#statements.count.run(sourceId, agentId, wazuhId, events, lastEventMs);
      }
    }
    this.forget();
  }

  forget(): void {
    this.#counts.clear();
  }
}

function isFlagged(standing: number): boolean {
  return standing === STANDING_CODE.malicious || standing === STANDING_CODE.suspicious;
}

function prepareStatements(db: Database) {
  return {
    count: db.prepare<[number, number, string | null, number, number]>(
      `INSERT INTO agent_of_source (source_id, agent_id, wazuh_id, events, last_event_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source_id, agent_id) DO UPDATE SET events = events + excluded.events,
         last_event_ms = max(last_event_ms, excluded.last_event_ms),
         wazuh_id = coalesce(excluded.wazuh_id, wazuh_id)`,
    ),
    flag: db.prepare<[number, number, number]>(
      'INSERT OR IGNORE INTO flagged_sighting (file_id, source_id, agent_id) VALUES (?, ?, ?)',
    ),
    flagAll: db.prepare<[number]>(
      `INSERT OR IGNORE INTO flagged_sighting (file_id, source_id, agent_id)
       SELECT DISTINCT file_id, source_id, agent_id FROM event WHERE file_id = ?`,
    ),
    unflag: db.prepare<[number]>('DELETE FROM flagged_sighting WHERE file_id = ?'),
  };
}
