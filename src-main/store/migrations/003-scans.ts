import type { Migration } from './index.ts';

/**
 * Scans on demand: what was asked for, what was seen of it, and who asked on this workstation.
 *
 * - A scan's `state`, `summary`, `result`, `percent` and `ended_ms` are derived from `scan_evidence` in the transaction
 *   that appends to it. Evidence and audit trail are append-only: triggers refuse everything else.
 * - `order_id` is null for a scan that a manager launched by itself. `profile` is the name of a connection and follows it;
 *   when the connection is removed the name stays.
 * - `scan_alert` holds which alert was given to which scan: one alert counts for one scan only. `response_event` is read
 *   from the number in the setting `scan-alerts-read` on, so that an alert whose reader was killed is read again.
 * - `kes_detection` holds what KES said it found on a host, whether a scan of ours or another task found it.
 */
export const scans: Migration = {
  version: 3,
  name: 'scans',
  sql: `
    CREATE TABLE scan_order (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      path TEXT,
      action TEXT NOT NULL,
      rules TEXT NOT NULL,
      asked_ms INTEGER NOT NULL,
      asked_by TEXT NOT NULL,
      origin_file_id INTEGER,
      held_because TEXT,
      needs_person INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX scan_order_by_file ON scan_order (origin_file_id) WHERE origin_file_id IS NOT NULL;

    CREATE TABLE scan (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      order_id INTEGER REFERENCES scan_order (id),
      profile TEXT NOT NULL,
      profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
      agent_id TEXT NOT NULL,
      agent_name TEXT NOT NULL,
      kind TEXT NOT NULL,
      path TEXT,
      action TEXT NOT NULL,
      route TEXT,
      program TEXT,
      dispatch TEXT,
      exact TEXT NOT NULL,
      token TEXT NOT NULL,
      is_canary INTEGER NOT NULL,
      waits_until_ms INTEGER,
      state TEXT NOT NULL,
      summary TEXT NOT NULL,
      result TEXT,
      percent REAL,
      asked_ms INTEGER NOT NULL,
      sent_ms INTEGER,
      launched_ms INTEGER,
      ended_ms INTEGER,
      task TEXT,
      likely_cause TEXT
    ) STRICT;
    CREATE INDEX scan_by_order ON scan (order_id, state);
    CREATE INDEX scan_by_time ON scan (asked_ms, id);
    CREATE INDEX scan_by_state ON scan (state, asked_ms);
    CREATE INDEX scan_by_agent ON scan (profile, agent_id, asked_ms);
    CREATE INDEX scan_heard_of ON scan (profile, agent_id, coalesce(sent_ms, asked_ms));
    CREATE INDEX scan_heard_of_by_name ON scan (profile, agent_name, coalesce(sent_ms, asked_ms));
    CREATE INDEX scan_by_token ON scan (token);
    CREATE INDEX scan_by_profile ON scan (profile_id);
    CREATE INDEX scan_by_path ON scan (path) WHERE path IS NOT NULL;
    CREATE INDEX scan_automatic ON scan (asked_ms) WHERE order_id IS NULL;

    CREATE TABLE scan_evidence (
      id INTEGER PRIMARY KEY,
      scan_id INTEGER NOT NULL REFERENCES scan (id),
      what TEXT NOT NULL,
      source TEXT NOT NULL,
      time TEXT NOT NULL,
      detail TEXT NOT NULL,
      facts TEXT
    ) STRICT;
    CREATE INDEX scan_evidence_by_scan ON scan_evidence (scan_id, id);
    CREATE TRIGGER scan_evidence_stays BEFORE DELETE ON scan_evidence
      BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
    CREATE TRIGGER scan_evidence_holds BEFORE UPDATE ON scan_evidence
      BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
    CREATE TRIGGER scan_evidence_is_new BEFORE INSERT ON scan_evidence
      WHEN EXISTS (SELECT 1 FROM scan_evidence WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

    ALTER TABLE response_event ADD COLUMN source_id INTEGER REFERENCES source (id);
    ALTER TABLE response_event ADD COLUMN wazuh_id TEXT;
    ALTER TABLE response_event ADD COLUMN is_from_agent_log INTEGER NOT NULL DEFAULT 0;
    INSERT INTO setting (name, value)
      SELECT 'scan-alerts-read', CAST(coalesce(max(id), 0) AS TEXT) FROM response_event;

    CREATE TABLE scan_alert (
      response_event_id INTEGER PRIMARY KEY REFERENCES response_event (id),
      scan_id INTEGER NOT NULL REFERENCES scan (id),
      program TEXT,
      time_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX scan_alert_by_scan ON scan_alert (scan_id);

    CREATE TABLE kes_detection (
      id INTEGER PRIMARY KEY,
      scan_id INTEGER REFERENCES scan (id),
      profile TEXT NOT NULL,
      profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
      agent_id TEXT,
      agent_name TEXT NOT NULL,
      path TEXT NOT NULL,
      threat TEXT,
      deed TEXT,
      time_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX kes_detection_by_path ON kes_detection (path, time_ms);
    CREATE INDEX kes_detection_by_scan ON kes_detection (scan_id) WHERE scan_id IS NOT NULL;
    CREATE INDEX kes_detection_by_profile ON kes_detection (profile_id);

    CREATE TABLE agent_access (
      profile_id INTEGER NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
      agent_id TEXT NOT NULL,
      access TEXT NOT NULL,
      PRIMARY KEY (profile_id, agent_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE agent_kes (
      profile_id INTEGER NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
      agent_id TEXT NOT NULL,
      kes_version TEXT,
      task_names TEXT,
      script TEXT NOT NULL,
      seen_ms INTEGER,
      PRIMARY KEY (profile_id, agent_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_entry (
      sequence INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      who TEXT NOT NULL,
      deed TEXT NOT NULL,
      detail TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
      BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
    CREATE TRIGGER audit_entry_holds BEFORE UPDATE ON audit_entry
      BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
    CREATE TRIGGER audit_entry_is_next BEFORE INSERT ON audit_entry
      WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entry)
      BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
  `,
};
