import type { AgentSource } from '../../../src-shared/domain/agent.ts';
import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import { agentFromRecord, type AgentRecord } from '../agent-record.ts';
import type { AgentKey } from './agent-cursor.ts';
import { toIso } from './statements.ts';

/**
 * `agent_row`: every agent of every manager, with what is known of the files on it. An agent that its manager lists and
 * one that alerts name are the same when manager and name are: the text form of alerts carries no id. What alerts named
 * and nobody lists is there, too; without an id it is known as `?` and the store's number. `each_agent` is the same
 * without what is known of files: cheaper, where agents are only counted.
 */
export const AGENT_ROWS = `
  WITH seen AS MATERIALIZED (
    SELECT source.profile, agent_of_source.agent_id AS dictionary_id, agent.name, max(agent_of_source.wazuh_id) AS wazuh_id,
      sum(agent_of_source.events) AS events, max(agent_of_source.last_event_ms) AS last_event_ms
    FROM agent_of_source
      JOIN source ON source.id = agent_of_source.source_id
      JOIN agent ON agent.id = agent_of_source.agent_id
    GROUP BY source.profile, agent_of_source.agent_id
  ),
  flagged AS MATERIALIZED (
    SELECT source.profile, flagged_sighting.agent_id AS dictionary_id,
      count(DISTINCT CASE WHEN file.standing = 1 THEN file.id END) AS malicious,
      count(DISTINCT CASE WHEN file.standing = 2 THEN file.id END) AS suspicious
    FROM flagged_sighting
      JOIN source ON source.id = flagged_sighting.source_id
      JOIN file ON file.id = flagged_sighting.file_id
    GROUP BY source.profile, flagged_sighting.agent_id
  ),
  listed AS (
    SELECT profile.name AS profile, profile.id AS profile_id, manager_agent.agent_id, manager_agent.name, ip, status,
      version, os_name, os_platform, agent_groups, last_keep_alive, node_name, agent_listing.source,
      coalesce(agent_listing.refreshed_ms, 0) AS seen_ms
    FROM manager_agent
      JOIN profile ON profile.id = manager_agent.profile_id
      JOIN agent_listing ON agent_listing.profile_id = profile.id
  ),
  named AS (
    SELECT seen.profile, profile.id AS profile_id, coalesce(seen.wazuh_id, '?' || seen.dictionary_id) AS agent_id,
      seen.name, NULL AS ip, 'unknown' AS status, NULL AS version, NULL AS os_name, NULL AS os_platform,
      '[]' AS agent_groups, NULL AS last_keep_alive, NULL AS node_name, 'alerts' AS source, seen.last_event_ms AS seen_ms
    FROM seen LEFT JOIN profile ON profile.name = seen.profile COLLATE BINARY
    WHERE NOT EXISTS (
      SELECT 1 FROM manager_agent
      WHERE manager_agent.profile_id = profile.id AND manager_agent.name = seen.name)
  ),
  each_agent AS (SELECT * FROM listed UNION ALL SELECT * FROM named),
  agent_row AS (
    SELECT each_agent.*, coalesce(seen.events, 0) AS events, coalesce(flagged.malicious, 0) AS malicious,
      coalesce(flagged.suspicious, 0) AS suspicious, coalesce(seen.dictionary_id, 0) AS dictionary_id,
      CASE WHEN each_agent.agent_id GLOB '[0-9]*' THEN CAST(each_agent.agent_id AS INTEGER) ELSE 9007199254740991 END
        AS id_rank
    FROM each_agent
      LEFT JOIN seen ON seen.profile = each_agent.profile COLLATE BINARY AND seen.name = each_agent.name
      LEFT JOIN flagged ON flagged.profile = seen.profile AND flagged.dictionary_id = seen.dictionary_id
  )`;

export interface AgentRowRecord extends AgentKey, AgentRecord {
  readonly profile_id: number | null;
  readonly source: AgentSource;
  readonly seen_ms: number;
  readonly events: number;
  readonly malicious: number;
  readonly suspicious: number;
}

export function toAgentRow(row: AgentRowRecord): AgentRow {
  return {
    ...agentFromRecord(row),
    profile: row.profile,
    profileId: row.profile_id,
    source: row.source,
    seenAt: toIso(row.seen_ms),
    fimEvents: row.events,
    malicious: row.malicious,
    suspicious: row.suspicious,
  };
}
