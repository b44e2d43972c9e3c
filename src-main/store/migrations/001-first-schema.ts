import type { Migration } from './index.ts';

/**
 * The first schema. Times are epoch milliseconds, digests raw bytes, states the codes of `codes.ts`.
 *
 * - `file` carries its own queue entry: one row a file is what makes "one lookup per distinct hash" hold by itself.
 * - `file_digest` finds a file by the first 48 bits of a digest and 48 bits that mix all of it (`digests.ts`): narrow
 *   integers instead of three wide random keys. A range over the first answers "begins with"; the mix keeps digests that
 *   an agent made up, all with one beginning, from being walked through.
 * - Files and blocks are written after the events that name them, once a transaction: `verdict.file_id` is checked at its
 *   end; `event` and `file_digest` carry no foreign key to them, since checking each event late costs more than storing it.
 * - `path_text` is contentless and keeps no positions: a trigram match is a candidate, the path itself decides.
 */
export const firstSchema: Migration = {
  version: 1,
  name: 'first schema',
  sql: `
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tally (
      name TEXT PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE day_tally (
      day TEXT PRIMARY KEY,
      fim_events INTEGER NOT NULL DEFAULT 0,
      malicious INTEGER NOT NULL DEFAULT 0,
      suspicious INTEGER NOT NULL DEFAULT 0,
      no_records INTEGER NOT NULL DEFAULT 0,
      clean INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      profile TEXT NOT NULL,
      path TEXT NOT NULL,
      format TEXT NOT NULL,
      is_followed INTEGER NOT NULL,
      reads_archives INTEGER NOT NULL,
      alerts INTEGER NOT NULL DEFAULT 0,
      fim_events INTEGER NOT NULL DEFAULT 0,
      known INTEGER NOT NULL DEFAULT 0,
      manager_verdicts INTEGER NOT NULL DEFAULT 0,
      lookup_failures INTEGER NOT NULL DEFAULT 0,
      malformed INTEGER NOT NULL DEFAULT 0,
      bytes INTEGER NOT NULL DEFAULT 0,
      last_alert_ms INTEGER,
      UNIQUE (profile, path)
    ) STRICT;

    CREATE TABLE position (
      source_id INTEGER PRIMARY KEY REFERENCES source (id),
      device TEXT,
      inode TEXT,
      head_hash TEXT NOT NULL,
      head_length INTEGER NOT NULL,
      byte_offset INTEGER NOT NULL,
      alert_id TEXT
    ) STRICT;

    CREATE TABLE agent (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      wazuh_id TEXT,
      events INTEGER NOT NULL DEFAULT 0,
      files INTEGER NOT NULL DEFAULT 0,
      malicious INTEGER NOT NULL DEFAULT 0,
      suspicious INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE path (
      id INTEGER PRIMARY KEY,
      hash INTEGER NOT NULL,
      text TEXT NOT NULL,
      bytes BLOB
    ) STRICT;
    CREATE INDEX path_by_hash ON path (hash);
    CREATE VIRTUAL TABLE path_text USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'trigram');

    CREATE TABLE actor (
      id INTEGER PRIMARY KEY,
      user_name TEXT NOT NULL,
      process_name TEXT NOT NULL,
      UNIQUE (user_name, process_name)
    ) STRICT;

    CREATE TABLE exclusion (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      effect TEXT NOT NULL,
      kind TEXT NOT NULL,
      pattern TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      events INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      sha256 BLOB,
      sha1 BLOB,
      md5 BLOB,
      size_bytes INTEGER,
      standing INTEGER NOT NULL,
      verdict_id INTEGER,
      positives INTEGER,
      suspicious INTEGER,
      total INTEGER,
      judged_ms INTEGER,
      turned INTEGER NOT NULL,
      triage INTEGER NOT NULL,
      events INTEGER NOT NULL,
      lookable INTEGER NOT NULL,
      lookups_answered INTEGER NOT NULL,
      agents INTEGER NOT NULL,
      path_id INTEGER REFERENCES path (id),
      agent_id INTEGER REFERENCES agent (id),
      first_seen_ms INTEGER NOT NULL,
      last_seen_ms INTEGER NOT NULL,
      activity_ms INTEGER NOT NULL,
      queue_priority INTEGER,
      queued_ms INTEGER,
      due_ms INTEGER,
      attempts INTEGER NOT NULL,
      last_outcome TEXT,
      last_message TEXT
    ) STRICT;
    CREATE INDEX file_by_standing ON file (standing, activity_ms) WHERE standing > 0;
    CREATE INDEX file_by_positives ON file (standing, positives, activity_ms) WHERE standing = 1;
    CREATE INDEX file_to_triage ON file (activity_ms) WHERE triage = 1;
    CREATE INDEX file_turned ON file (activity_ms) WHERE turned = 1;
    CREATE INDEX file_without_events ON file (path_id) WHERE events = 0;
    CREATE INDEX file_ready ON file (queue_priority, queued_ms) WHERE due_ms = 0;
    CREATE INDEX file_deferred ON file (due_ms, verdict_id) WHERE due_ms > 0;
    CREATE INDEX file_to_recheck ON file (standing, judged_ms, last_seen_ms)
      WHERE standing IN (3, 4) AND queue_priority IS NULL;

    CREATE TABLE file_digest (
      key INTEGER NOT NULL,
      mix INTEGER NOT NULL,
      file_id INTEGER NOT NULL,
      PRIMARY KEY (key, mix, file_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE file_alias (
      old_id INTEGER PRIMARY KEY,
      file_id INTEGER NOT NULL REFERENCES file (id)
    ) STRICT;
    CREATE INDEX file_alias_by_file ON file_alias (file_id);

    CREATE TABLE triage_note (
      file_id INTEGER PRIMARY KEY REFERENCES file (id),
      note TEXT NOT NULL,
      triaged_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE verdict (
      id INTEGER PRIMARY KEY,
      file_id INTEGER NOT NULL REFERENCES file (id) DEFERRABLE INITIALLY DEFERRED,
      standing INTEGER NOT NULL,
      positives INTEGER,
      suspicious INTEGER,
      total INTEGER,
      source INTEGER NOT NULL,
      judged_ms INTEGER NOT NULL,
      scan_date TEXT,
      permalink TEXT,
      report BLOB,
      turned INTEGER NOT NULL,
      alert_sec INTEGER,
      alert_off INTEGER,
      fingerprint INTEGER
    ) STRICT;
    CREATE INDEX verdict_by_file ON verdict (file_id, judged_ms);
    CREATE UNIQUE INDEX verdict_by_alert ON verdict (alert_sec, alert_off, fingerprint) WHERE alert_sec IS NOT NULL;

    CREATE TABLE alert_block (
      id INTEGER PRIMARY KEY,
      data BLOB NOT NULL
    ) STRICT;

    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      alert_sec INTEGER NOT NULL,
      alert_off INTEGER NOT NULL,
      fingerprint INTEGER NOT NULL,
      time_ms INTEGER NOT NULL,
      source_id INTEGER NOT NULL REFERENCES source (id),
      agent_id INTEGER NOT NULL REFERENCES agent (id),
      path_id INTEGER NOT NULL REFERENCES path (id),
      file_id INTEGER,
      actor_id INTEGER REFERENCES actor (id),
      change INTEGER NOT NULL,
      disposition INTEGER NOT NULL,
      exclusion_id INTEGER,
      priority INTEGER NOT NULL,
      is_json INTEGER NOT NULL,
      block_id INTEGER NOT NULL,
      block_offset INTEGER NOT NULL,
      block_length INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX event_by_alert ON event (alert_sec, alert_off, fingerprint);
    CREATE INDEX event_by_file ON event (file_id, time_ms) WHERE file_id IS NOT NULL;
    CREATE INDEX event_by_path ON event (path_id, file_id);
    CREATE INDEX event_by_agent ON event (agent_id, file_id);
    CREATE INDEX event_by_exclusion ON event (exclusion_id) WHERE exclusion_id IS NOT NULL;

    CREATE TABLE manager_failure (
      alert_sec INTEGER NOT NULL,
      alert_off INTEGER NOT NULL,
      rule INTEGER NOT NULL,
      PRIMARY KEY (alert_sec, alert_off, rule)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE response_event (
      id INTEGER PRIMARY KEY,
      alert_sec INTEGER NOT NULL,
      alert_off INTEGER NOT NULL,
      fingerprint INTEGER NOT NULL,
      time_ms INTEGER NOT NULL,
      agent_id INTEGER NOT NULL REFERENCES agent (id),
      rule_id TEXT NOT NULL,
      detail TEXT NOT NULL,
      UNIQUE (alert_sec, alert_off, fingerprint)
    ) STRICT;

    CREATE TABLE malformed_line (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES source (id),
      byte_offset INTEGER NOT NULL,
      length_bytes INTEGER NOT NULL,
      reason TEXT NOT NULL,
      excerpt TEXT NOT NULL,
      found_ms INTEGER NOT NULL,
      UNIQUE (source_id, byte_offset, length_bytes, excerpt)
    ) STRICT;

    CREATE TABLE reading_loss (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES source (id),
      detail TEXT NOT NULL,
      bytes_at_most INTEGER,
      found_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE quota_reservation (
      id INTEGER PRIMARY KEY,
      key_id TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      occupied_until_ms INTEGER NOT NULL,
      is_counted INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX quota_reservation_open ON quota_reservation (key_id, occupied_until_ms);

    CREATE TABLE quota_use (
      key_id TEXT NOT NULL,
      period TEXT NOT NULL,
      used INTEGER NOT NULL,
      PRIMARY KEY (key_id, period)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quota_limits (
      key_id TEXT PRIMARY KEY,
      per_minute INTEGER NOT NULL,
      per_day INTEGER,
      per_month INTEGER,
      learned_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      line TEXT NOT NULL
    ) STRICT;
  `,
};
