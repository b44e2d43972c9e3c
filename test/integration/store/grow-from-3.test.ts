import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectForWriting } from '../../../src-main/store/connection.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { aDataFolder } from '../../builders/a-store.ts';

/**
 * A store as version 3 left it: file 1 was reported through two files of one manager and answered by it, file 2 by two
 * managers and looked up, file 3 by nobody.
 */
const ROWS_OF_VERSION_3 = `
  INSERT INTO source (id, profile, path, format, is_followed, reads_archives)
    VALUES (1, 'fra', '/a', 'json', 1, 0), (2, 'ams', '/a', 'json', 1, 0), (3, 'fra', '/b', 'json', 1, 0);
  INSERT INTO agent (id, name, events) VALUES (1, 'web-01', 4);
  INSERT INTO path (id, hash, text) VALUES (1, 1, '/srv/a');
  INSERT INTO file (id, standing, verdict_id, judged_ms, turned, triage, events, lookable, lookups_answered, agents,
      first_seen_ms, last_seen_ms, activity_ms, attempts)
    VALUES (1, 4, 1, 5000, 0, 0, 2, 2, 0, 1, 1, 1, 5000, 0), (2, 4, 2, 6000, 0, 0, 2, 2, 1, 1, 1, 1, 6000, 0),
      (3, 4, 3, 7000, 0, 0, 0, 0, 0, 0, 1, 1, 7000, 0);
  INSERT INTO verdict (id, file_id, standing, source, judged_ms, turned)
    VALUES (1, 1, 4, 2, 5000, 0), (2, 2, 4, 0, 6000, 0), (3, 3, 4, 2, 7000, 0);
  INSERT INTO event (alert_sec, alert_off, fingerprint, time_ms, source_id, agent_id, path_id, file_id, change,
      disposition, priority, is_json, block_id, block_offset, block_length)
    VALUES (1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0), (2, 0, 1, 1, 3, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0),
      (3, 0, 1, 1, 1, 1, 1, 2, 0, 0, 1, 1, 1, 0, 0), (4, 0, 1, 1, 2, 1, 1, 2, 0, 0, 1, 1, 1, 0, 0);
`;

test('a store of version 3 learns who reported its files, and has what only a manager answered looked up', () => {
  const db = connectForWriting(join(aDataFolder(), 'grown.sqlite'));
  onTestFinished(() => void db.close());
  migrate(db, MIGRATIONS.slice(0, 3));
  db.exec(ROWS_OF_VERSION_3);

  migrate(db);

  const rows = (sql: string): unknown[] => db.prepare(sql).all();
  expect(rows('SELECT id, manager_id, standing, queue_priority, queued_ms, due_ms FROM file')).toEqual([
    { id: 1, manager_id: 1, standing: 4, queue_priority: 3, queued_ms: 5000, due_ms: 0 },
    { id: 2, manager_id: 0, standing: 4, queue_priority: null, queued_ms: null, due_ms: null },
    { id: 3, manager_id: null, standing: 4, queue_priority: null, queued_ms: null, due_ms: null },
  ]);
  expect(rows('SELECT DISTINCT manager_id, agent_id FROM verdict')).toEqual([
    { manager_id: null, agent_id: null },
  ]);
  expect(rows('PRAGMA foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
