import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepOutOfLogs } from '../../../src-main/log/keep-out-of-logs.ts';
import { openLog } from '../../../src-main/log/log.ts';
import { Redactor } from '../../../src-main/log/redactor.ts';
import { MemorySecretStore } from '../../../src-main/secrets/memory-secret-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('records are lines of JSON that only their owner can read', () => {
  const log = openLog(folder, { clock: { now: () => Date.parse('2026-11-21T10:00:00Z') } });
  log.info('core.started', { version: '1.0.0' });
  log.error('core.failed', { error: new Error('outer', { cause: new Error('inner') }) });
  log.close();
  const lines = readFileSync(log.path, 'utf8').trim().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '2026-11-21T10:00:00.000Z',
    level: 'info',
    event: 'core.started',
    version: '1.0.0',
  });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    error: { message: 'outer', cause: { message: 'inner' } },
  });
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
});

test('the log is bounded: it rotates and forgets the oldest', () => {
  const log = openLog(folder, { rotateAtBytes: 500 });
  for (let index = 0; index < 100; index += 1) log.info('test.line', { index });
  log.close();
  const names = readdirSync(join(folder, 'logs')).toSorted();
  expect(names).toEqual([
    'verdict-desk.log',
    'verdict-desk.log.1',
    'verdict-desk.log.2',
    'verdict-desk.log.3',
  ]);
  expect(readFileSync(log.path, 'utf8')).toContain('"index":99');
});

test('a folder that cannot be written stops nothing', () => {
  const log = openLog(join(folder, 'file-in-the-way'), {});
  rmSync(folder, { recursive: true });
  expect(() => log.info('test.line', { circular: log })).not.toThrow();
  log.close();
  expect(() => log.info('test.line')).not.toThrow();
});

test('a key that was only read from its store is already unknown to the log', async () => {
  const redactor = new Redactor();
  const secrets = keepOutOfLogs(
    new MemorySecretStore(new Map([['virustotal-key', 'the stored key']])),
    redactor,
  );
  await secrets.get('virustotal-key');
  await secrets.set('virustotal-key', 'the next key', { acceptsClearText: false });
  const log = openLog(folder, { redactor });
  log.info('test.leak', { text: 'the stored key, the next key' });
  log.close();
  expect(JSON.parse(readFileSync(log.path, 'utf8'))).toMatchObject({ text: '[redacted], [redacted]' });
});
