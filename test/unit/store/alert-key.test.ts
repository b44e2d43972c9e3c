import { expect, test } from 'vitest';
import { fimEventKey, managerVerdictKey } from '../../../src-main/store/alert-key.ts';
import { NO_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { aFimEvent, aManagerVerdict } from '../../builders/alerts.ts';

const event = aFimEvent({ path: '/srv/Größe.txt' });
const key = fimEventKey(event);

test('the key holds second and offset of the alert id', () => {
  const [sec, off] = event.alertId.split('.').map(Number);
  expect(key).toMatchObject({ sec, off });
});

test('what only one form of the alert file tells does not change the key', () => {
  const asText = {
    ...event,
    agent: { ...event.agent, id: null, ip: null },
    timeMs: event.timeMs + 700,
    managerName: null,
    mode: null,
    path: `${event.path}  `,
  };
  expect(fimEventKey(asText)).toEqual(key);
});

test('a digest that the text form of its generation leaves out does not change the key', () => {
  const { md5 } = event.after.hashes;
  const hashes = { ...NO_HASHES, md5 };
  expect(fimEventKey({ ...event, after: { ...event.after, hashes } })).toEqual(key);
  const deleted = { ...event, change: 'deleted' as const };
  const silent = { ...deleted, after: { ...event.after, hashes: NO_HASHES } };
  expect(fimEventKey(silent)).toEqual(fimEventKey(deleted));
});

test('another content is another event', () => {
  const hashes = { ...event.after.hashes, md5: 'f'.repeat(32) };
  expect(fimEventKey({ ...event, after: { ...event.after, hashes } })).not.toEqual(key);
});

test('a path given as bytes has the key of the same path given as text', () => {
  const pathBytes = Buffer.from(event.path);
  expect(fimEventKey({ ...event, path: 'anything', pathBytes })).toEqual(key);
});

test.each([
  ['another path', { path: '/srv/Groesse.txt' }],
  ['another change', { change: 'modified' as const }],
  ['another agent', { agent: { ...event.agent, name: 'web-02' } }],
])('%s is another event', (_, changes) => {
  expect(fimEventKey({ ...event, ...changes }).fingerprint).not.toBe(key.fingerprint);
});

test('paths are compared by their first 256 bytes', () => {
  const long = '/srv/' + 'é'.repeat(200);
  const fingerprint = fimEventKey({ ...event, path: long }).fingerprint;
  expect(fimEventKey({ ...event, path: `${long}tail` }).fingerprint).toBe(fingerprint);
  expect(fimEventKey({ ...event, path: long.slice(0, 100) }).fingerprint).not.toBe(fingerprint);
});

test('an alert id beyond counting falls back to the time', () => {
  const odd = { ...event, alertId: '99999999999999999999.1', timeMs: 5000 };
  expect(fimEventKey(odd)).toMatchObject({ sec: 5, off: 0 });
});

test('a verdict of the manager is known by what it answers', () => {
  const verdict = aManagerVerdict({ sourceAlertId: '1.2' });
  expect(managerVerdictKey({ ...verdict, managerName: null })).toEqual(managerVerdictKey(verdict));
  expect(managerVerdictKey({ ...verdict, sourceAlertId: '1.3' })).not.toEqual(managerVerdictKey(verdict));
});

test('a path made of spaces takes a moment, not minutes', () => {
  const startedAt = performance.now();
  fimEventKey({ ...event, path: `${' '.repeat(1_000_000)}x` });
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
