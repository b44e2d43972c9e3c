import type { Database } from 'better-sqlite3';
import type { AgentSource } from '../../../src-shared/domain/agent.ts';
import type { AgentFilter, AgentListing, AgentPage, AgentRow } from '../../../src-shared/ipc/agents.ts';
import { AGENT_ROWS, toAgentRow, type AgentRowRecord } from './agent-rows.ts';
import { parseAgentCursor, printAgentCursor } from './agent-cursor.ts';
import { preparedOnce, statement, toIsoOrNull, type Bound } from './statements.ts';

export interface AgentsRequest {
  readonly filter: AgentFilter;
  /** From the page before; null = from the start. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** One page by key: by profile, then by agent id as a number, then agents of alerts without an id. */
export function listAgentsOfManagers(db: Database, { filter, cursor, limit }: AgentsRequest): AgentPage {
  const after = cursor === null ? null : parseAgentCursor(cursor);
  const { conditions, bound } = conditionsOf(filter);
  const where = ['1', ...conditions].join(' AND ');
  const start = after ? 'AND (profile, id_rank, agent_id, dictionary_id) > (?, ?, ?, ?)' : '';
  const rows = statement<AgentRowRecord>(
    db,
    `${AGENT_ROWS} SELECT * FROM agent_row WHERE ${where} ${start}
     ORDER BY profile, id_rank, agent_id, dictionary_id LIMIT ?`,
  ).all(...bound, ...(after ?? []), limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const total = countOf(db, '1', []);
  return {
    rows: page.map(toAgentRow),
    nextCursor: last ? printAgentCursor(last) : null,
    matching: conditions.length === 0 ? total : countOf(db, where, bound),
    total,
  };
}

/** By the name of its profile and its id, as the list gives them. */
export function readAgent(
  db: Database,
  { profile, agentId }: { readonly profile: string; readonly agentId: string },
): AgentRow | null {
  const row = statement<AgentRowRecord>(
    db,
    `${AGENT_ROWS} SELECT * FROM agent_row WHERE profile = ? AND agent_id = ? LIMIT 1`,
  ).get(profile, agentId);
  return row ? toAgentRow(row) : null;
}

/** All groups of all managers, by name. */
export function listAgentGroups(db: Database): readonly string[] {
  return selectGroups(db)
    .all()
    .map(({ name }) => name);
}

export function listAgentListings(db: Database): readonly AgentListing[] {
  return selectListings(db)
    .all()
    .map(({ profileId, profile, source, refreshedMs, note }) => ({
      profileId,
      profile,
      source,
      refreshedAt: toIsoOrNull(refreshedMs),
      note,
    }));
}

function conditionsOf({ profile, text, statuses, group }: AgentFilter) {
  const conditions: string[] = [];
  const bound: Bound[] = [];
  const add = (sql: string, ...values: readonly Bound[]) => {
    conditions.push(sql);
    bound.push(...values);
  };
  if (profile !== null) add('profile = ?', profile);
  if (statuses.length > 0) add('status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses));
  if (group !== null) add('EXISTS (SELECT 1 FROM json_each(agent_groups) WHERE value = ?)', group);
  const needle = text.trim().toLowerCase();
  if (needle !== '') {
    const searched = "name || char(10) || coalesce(agent_id, '') || char(10) || coalesce(ip, '') || char(10)";
    const system = "|| coalesce(os_name, '') || char(10) || coalesce(os_platform, '')";
    add(
      `(contains_folded(${searched} ${system}, ?)
        OR EXISTS (SELECT 1 FROM json_each(agent_groups) WHERE contains_folded(value, ?)))`,
      needle,
      needle,
    );
  }
  return { conditions, bound };
}

function countOf(db: Database, where: string, bound: readonly Bound[]): number {
  const sql = `${AGENT_ROWS} SELECT count(*) AS n FROM each_agent WHERE ${where}`;
  return statement<{ n: number }>(db, sql).get(...bound)?.n ?? 0;
}

const selectGroups = preparedOnce<{ name: string }>(
  `SELECT DISTINCT member.value AS name FROM manager_agent, json_each(manager_agent.agent_groups) AS member
   ORDER BY name COLLATE NOCASE`,
);

interface ListingRow {
  readonly profileId: number;
  readonly profile: string;
  readonly source: AgentSource;
  readonly refreshedMs: number | null;
  readonly note: string | null;
}

const selectListings = preparedOnce<ListingRow>(
  `SELECT profile.id AS profileId, profile.name AS profile, coalesce(agent_listing.source, 'alerts') AS source,
     refreshed_ms AS refreshedMs, note
   FROM profile LEFT JOIN agent_listing ON agent_listing.profile_id = profile.id ORDER BY profile.id`,
);
