import type { Migration } from './index.ts';

/**
 * Managers that are reached over a connection, and what is known of them.
 *
 * - `profile` numbers are never used twice: secrets are kept under them outside the store. Its configuration is JSON
 *   that is parsed again at each reading (`profile-record.ts`).
 * - `agent_of_source` counts FIM events of an agent for each source, because two managers may have agents of one name;
 *   `flagged_sighting` holds which source and agent reported a file that is malicious or suspicious at present, and only
 *   those: both are derived from `event` and recounted by the model test.
 * - `completeness` holds what the follower has proven (`alert-journal.ts`, `AlertBatch.proof`), as it wrote it.
 * - `publication` holds what waits to be handed to a manager, what was handed over and not seen to come back, and what
 *   failed lately; what came back is only counted (`publication_count`).
 */
export const connections: Migration = {
  version: 2,
  name: 'connections',
  sql: `
    CREATE TABLE profile (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL COLLATE NOCASE UNIQUE,
      configuration TEXT NOT NULL,
      is_off INTEGER NOT NULL DEFAULT 0,
      capabilities TEXT
    ) STRICT;

    ALTER TABLE source ADD COLUMN profile_id INTEGER REFERENCES profile (id);

    CREATE TABLE host_key (
      host TEXT NOT NULL COLLATE NOCASE,
      port INTEGER NOT NULL,
      key TEXT NOT NULL,
      key_type TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      accepted_ms INTEGER NOT NULL,
      PRIMARY KEY (host, port, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE accepted_certificate (
      host TEXT NOT NULL COLLATE NOCASE,
      port INTEGER NOT NULL,
      fingerprint TEXT NOT NULL,
      accepted_ms INTEGER NOT NULL,
      PRIMARY KEY (host, port)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE agent_listing (
      profile_id INTEGER PRIMARY KEY REFERENCES profile (id) ON DELETE CASCADE,
      source TEXT NOT NULL,
      refreshed_ms INTEGER,
      note TEXT
    ) STRICT;

    CREATE TABLE manager_agent (
      profile_id INTEGER NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
      agent_id TEXT NOT NULL,
      name TEXT NOT NULL,
      ip TEXT,
      status TEXT NOT NULL,
      version TEXT,
      os_name TEXT,
      os_platform TEXT,
      agent_groups TEXT NOT NULL,
      last_keep_alive TEXT,
      node_name TEXT,
      PRIMARY KEY (profile_id, agent_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX manager_agent_by_name ON manager_agent (profile_id, name);

    CREATE TABLE agent_of_source (
      source_id INTEGER NOT NULL REFERENCES source (id),
      agent_id INTEGER NOT NULL REFERENCES agent (id),
      wazuh_id TEXT,
      events INTEGER NOT NULL,
      last_event_ms INTEGER NOT NULL,
      PRIMARY KEY (source_id, agent_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO agent_of_source (source_id, agent_id, wazuh_id, events, last_event_ms)
      SELECT seen.source_id, seen.agent_id, agent.wazuh_id, seen.events, seen.last_event_ms
      FROM (
        SELECT source_id, agent_id, count(*) AS events, max(time_ms) AS last_event_ms
        FROM event GROUP BY source_id, agent_id
      ) AS seen JOIN agent ON agent.id = seen.agent_id;

    CREATE TABLE flagged_sighting (
      file_id INTEGER NOT NULL,
      source_id INTEGER NOT NULL,
      agent_id INTEGER NOT NULL,
      PRIMARY KEY (file_id, source_id, agent_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO flagged_sighting (file_id, source_id, agent_id)
      SELECT DISTINCT file.id, event.source_id, event.agent_id
      FROM file JOIN event ON event.file_id = file.id
      WHERE file.standing IN (1, 2) AND file.standing > 0;

    CREATE TABLE completeness (
      source_id INTEGER PRIMARY KEY REFERENCES source (id),
      proof TEXT NOT NULL
    ) STRICT;
    ALTER TABLE reading_loss ADD COLUMN after_alert_id TEXT;
    ALTER TABLE reading_loss ADD COLUMN before_alert_id TEXT;
    ALTER TABLE reading_loss ADD COLUMN is_filled INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE publication (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      profile_id INTEGER NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
      marker TEXT NOT NULL UNIQUE,
      event TEXT NOT NULL,
      agent_name TEXT,
      agent_id TEXT,
      state INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      due_ms INTEGER NOT NULL DEFAULT 0,
      changed_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX publication_by_state ON publication (profile_id, state, id);

    CREATE TABLE publication_count (
      profile_id INTEGER PRIMARY KEY REFERENCES profile (id) ON DELETE CASCADE,
      waiting INTEGER NOT NULL DEFAULT 0,
      sent INTEGER NOT NULL DEFAULT 0,
      seen INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      error TEXT
    ) STRICT;
  `,
};
