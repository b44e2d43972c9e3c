import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectForWriting } from '../../../src-main/store/connection.ts';
import { migrate, versionOf } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { aDataFolder } from '../../builders/a-store.ts';
import { recountSightings } from './recount.ts';

/** A store as version 1 left it: two sources, two agents, a malicious, a suspicious and a clean file. */
const ROWS_OF_VERSION_1 = `
  INSERT INTO source (id, profile, path, format, is_followed, reads_archives)
    VALUES (1, 'local', '/a/alerts.json', 'json', 1, 0), (2, 'local', '/b/alerts.log', 'log', 0, 0);
  INSERT INTO agent (id, name, wazuh_id, events, files, malicious, suspicious)
    VALUES (1, 'web-01', '001', 4, 2, 1, 1), (2, 'db-01', NULL, 1, 1, 0, 0);
  INSERT INTO path (id, hash, text) VALUES (1, 7, '/srv/a.exe');
  INSERT INTO file (id, standing, verdict_id, turned, triage, events, lookable, lookups_answered, agents, path_id, agent_id,
    first_seen_ms, last_seen_ms, activity_ms, attempts)
    VALUES (1, 1, 1, 0, 1, 3, 3, 1, 1, 1, 1, 1000, 3000, 3000, 0), (2, 2, 2, 0, 1, 1, 1, 1, 1, 1, 1, 4000, 4000, 4000, 0),
      (3, 4, 3, 0, 0, 1, 1, 1, 1, 1, 2, 5000, 5000, 5000, 0);
  INSERT INTO verdict (id, file_id, standing, source, judged_ms, turned)
    VALUES (1, 1, 1, 0, 9000, 0), (2, 2, 2, 0, 9000, 0), (3, 3, 4, 0, 9000, 0);
  INSERT INTO event (alert_sec, alert_off, fingerprint, time_ms, source_id, agent_id, path_id, file_id, change, disposition,
    priority, is_json, block_id, block_offset, block_length)
    VALUES (1, 0, 1, 1000, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0), (2, 0, 2, 2000, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0),
      (3, 0, 3, 3000, 2, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0), (4, 0, 4, 4000, 2, 1, 1, 2, 0, 0, 1, 0, 1, 0, 0),
      (5, 0, 5, 5000, 1, 2, 1, 3, 0, 0, 1, 1, 1, 0, 0);
  INSERT INTO reading_loss (source_id, detail, bytes_at_most, found_ms) VALUES (1, 'Cut short.', 12, 1000);
`;

test('a store of version 1 keeps its rows and counts what it knows of agents', () => {
  const db = connectForWriting(join(aDataFolder(), 'grown.sqlite'));
  onTestFinished(() => void db.close());
  migrate(db, MIGRATIONS.slice(0, 1));
  db.exec(ROWS_OF_VERSION_1);

  migrate(db);

  expect(versionOf(db)).toBe(MIGRATIONS.length);
  const rows = (sql: string): unknown[] => db.prepare(sql).all();
  expect(rows('SELECT id, profile, profile_id FROM source')).toEqual([
    { id: 1, profile: 'local', profile_id: null },
    { id: 2, profile: 'local', profile_id: null },
  ]);
  expect(rows('SELECT * FROM agent_of_source ORDER BY source_id, agent_id')).toEqual([
    { source_id: 1, agent_id: 1, wazuh_id: '001', events: 2, last_event_ms: 2000 },
    { source_id: 1, agent_id: 2, wazuh_id: null, events: 1, last_event_ms: 5000 },
    { source_id: 2, agent_id: 1, wazuh_id: '001', events: 2, last_event_ms: 4000 },
  ]);
  expect(rows('SELECT * FROM flagged_sighting')).toEqual([
    { file_id: 1, source_id: 1, agent_id: 1 },
    { file_id: 1, source_id: 2, agent_id: 1 },
    { file_id: 2, source_id: 2, agent_id: 1 },
  ]);
  const { stored, recounted } = recountSightings(db);
  expect(stored).toEqual(recounted);
  expect(rows('SELECT detail, is_filled FROM reading_loss')).toEqual([
    { detail: 'Cut short.', is_filled: 0 },
  ]);
  expect(rows('PRAGMA foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
