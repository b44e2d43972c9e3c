import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectForWriting } from '../../../src-main/store/connection.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { aDataFolder } from '../../builders/a-store.ts';

/** A store as version 2 left it: a connection with a source, and two alerts about responses. */
const ROWS_OF_VERSION_2 = `
  INSERT INTO profile (id, name, configuration) VALUES (3, 'prod', '{}');
  INSERT INTO source (id, profile, path, format, is_followed, reads_archives, profile_id)
    VALUES (1, 'prod', '/a/alerts.json', 'json', 1, 0, 3);
  INSERT INTO agent (id, name, wazuh_id) VALUES (1, 'web-01', '001');
  INSERT INTO response_event (id, alert_sec, alert_off, fingerprint, time_ms, agent_id, rule_id, detail)
    VALUES (4, 1, 0, 1, 1000, 1, '657', '{"program":"kaspersky","command":"add","arguments":[]}'),
      (5, 2, 0, 2, 2000, 1, '17000', '{"taskName":null,"taskState":null}');
`;

test('a store of version 2 keeps its rows, and what it had heard of responses is not taken for news', () => {
  const db = connectForWriting(join(aDataFolder(), 'grown.sqlite'));
  onTestFinished(() => void db.close());
  migrate(db, MIGRATIONS.slice(0, 2));
  db.exec(ROWS_OF_VERSION_2);

  migrate(db);

  const rows = (sql: string): unknown[] => db.prepare(sql).all();
  expect(rows('SELECT id, rule_id, source_id, wazuh_id, is_from_agent_log FROM response_event')).toEqual([
    { id: 4, rule_id: '657', source_id: null, wazuh_id: null, is_from_agent_log: 0 },
    { id: 5, rule_id: '17000', source_id: null, wazuh_id: null, is_from_agent_log: 0 },
  ]);
  expect(rows("SELECT value FROM setting WHERE name = 'scan-alerts-read'")).toEqual([{ value: '5' }]);
  expect(rows('SELECT name FROM profile')).toEqual([{ name: 'prod' }]);
  expect(rows('SELECT id FROM scan')).toEqual([]);
  expect(rows('PRAGMA foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('a new store begins to listen with its first alert', () => {
  const db = connectForWriting(join(aDataFolder(), 'new.sqlite'));
  onTestFinished(() => void db.close());
  migrate(db);
  expect(db.prepare("SELECT value FROM setting WHERE name = 'scan-alerts-read'").pluck().get()).toBe('0');
});
