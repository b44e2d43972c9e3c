import type { AgentSource, KnownAgent } from '../../src-shared/domain/agent.ts';
import { agentFromRecord, type AgentRecord } from './agent-record.ts';
import type { WriteSession } from './write-session.ts';

/** What a manager said about its agents, all of them at once. */
export interface AgentRefresh {
  /** Who said so; null when nobody could be asked: what was known before stays. */
  readonly listed: { readonly source: AgentSource; readonly agents: readonly KnownAgent[] } | null;
  /** Why it is not fresher or fuller, in words. */
  readonly note: string | null;
}

/** The agents that managers know, kept for the time when they cannot be asked. */
export class ManagerAgents {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  /** The whole list is replaced in one transaction: agents that are not in it any more are gone. */
  refreshed(profileId: number, { listed, note }: AgentRefresh, nowMs: number): void {
    this.#session.run(() => {
      if (!listed) {
        this.#statements.note.run(profileId, note);
        return;
      }
      this.#statements.clear.run(profileId);
      for (const agent of listed.agents) this.#add(profileId, agent);
      this.#statements.listing.run(profileId, listed.source, nowMs, note);
    });
  }

  /** Null when its manager does not list it. */
  get(profileId: number, agentId: string): KnownAgent | null {
    const row = this.#statements.get.get(profileId, agentId);
    return row ? agentFromRecord(row) : null;
  }

  #add(profileId: number, agent: KnownAgent): void {
    const { agentId, name, ip, status, version, osName, osPlatform, groups, lastKeepAlive, nodeName } = agent;
    this.#statements.add.run(
      profileId,
      agentId,
      name,
      ip,
      status,
      version,
      osName,
      osPlatform,
      JSON.stringify(groups),
      lastKeepAlive,
      nodeName,
    );
  }
}

function prepareStatements({ db }: WriteSession) {
  return {
    get: db.prepare<[number, string], AgentRecord>(
      'SELECT * FROM manager_agent WHERE profile_id = ? AND agent_id = ?',
    ),
    clear: db.prepare<[number]>('DELETE FROM manager_agent WHERE profile_id = ?'),
    // A cluster may list one agent twice while it moves between nodes: the later entry holds.
    add: db.prepare<(number | string | null)[]>(
      `INSERT OR REPLACE INTO manager_agent (profile_id, agent_id, name, ip, status, version, os_name, os_platform,
         agent_groups, last_keep_alive, node_name)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    listing: db.prepare<[number, string, number, string | null]>(
      `INSERT INTO agent_listing (profile_id, source, refreshed_ms, note) VALUES (?, ?, ?, ?)
       ON CONFLICT (profile_id) DO UPDATE SET source = excluded.source, refreshed_ms = excluded.refreshed_ms,
         note = excluded.note`,
    ),
    note: db.prepare<[number, string | null]>(
      `INSERT INTO agent_listing (profile_id, source, refreshed_ms, note) VALUES (?, 'alerts', NULL, ?)
       ON CONFLICT (profile_id) DO UPDATE SET note = excluded.note`,
    ),
  };
}
