import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { neededPermission } from '../../../../src-main/manager/api/rbac-actions.ts';
import { readEnvelope, readReply } from '../../../../src-main/manager/api/read-answer.ts';
import { refusalOf } from '../../../../src-main/manager/api/refusals.ts';

const replied = (body: string, contentType = 'application/json') => ({
  status: 200,
  contentType,
  body: Buffer.from(body),
});

test('the envelope of 4.x and of 3.x give the same answer', () => {
  const now = readEnvelope(200, {
    data: {
      affected_items: [{ id: '001' }],
      total_affected_items: 7,
      total_failed_items: 0,
      failed_items: [],
    },
    message: 'All done',
    error: 0,
  });
  const old = readEnvelope(200, { error: 0, data: { items: [{ id: '001' }], totalItems: 7 } });

  expect(now).toMatchObject({ items: [{ id: '001' }], total: 7, failed: [], message: 'All done' });
  expect(old).toMatchObject({ items: [{ id: '001' }], total: 7, failed: [], message: null });
});

test('a failed item with several ids, one id, a number or none is read', () => {
  const error = { code: 1701, message: 'Agent does not exist', remediation: 'Please, look again' };
  const { failed } = readEnvelope(200, {
    data: {
      affected_items: [],
      failed_items: [{ error, id: ['005', '006'] }, { error: {}, id: 7 }, 'nonsense'],
      failed_ids: [{ id: '001', error: { code: 1701, message: 'gone' } }],
    },
  });

  expect(failed).toEqual([
    { code: 1701, message: 'Agent does not exist', remediation: 'Look again', ids: ['005', '006'] },
    { code: 0, message: 'No reason was given.', remediation: null, ids: ['7'] },
    { code: 0, message: 'No reason was given.', remediation: null, ids: [] },
    { code: 1701, message: 'gone', remediation: null, ids: ['001'] },
  ]);
});

test.each([
  ['<html></html>', 'text/html', 'unreadable'],
  ['{"a":', 'application/json', 'unreadable'],
  ['[1]', 'application/problem+json', 'unreadable'],
  ['<ossec_config/>', 'application/xml', 'text'],
  ['{"a":1}', '', 'json'],
  ['OK', '', 'text'],
])('%j as %s is %s', (body, contentType, form) => {
  expect(Object.keys(readReply(replied(body, contentType)))).toEqual([form]);
});

test('whatever JSON comes, reading it does not fail and no word of it can lead the eye astray', () => {
  const asked = {
    endpoint: 'mgr:55000',
    user: 'wazuh',
    request: { method: 'GET', path: '/agents' },
  } as const;
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.integer({ min: 300, max: 599 }),
      (json, status) => {
        const answer = readEnvelope(200, json);
        const refusal = refusalOf({ ...replied(JSON.stringify(json)), status }, asked);

        expect(answer.total).toBeGreaterThanOrEqual(0);
        expect(refusal.code).toMatch(/^api\./);
      },
    ),
  );
  const deep = `{"title":"Bad","detail":{"command":"unknown","more":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
  expect(refusalOf({ ...replied(deep), status: 400 }, asked).message).toContain('Bad: command: unknown.');
  const hostile = { title: 'a\u202Eb\n\u0007', detail: 'x'.repeat(100_000), error: 1 };
  const { message } = refusalOf({ ...replied(JSON.stringify(hostile)), status: 400 }, asked);
  for (const character of ['\u202E', '\n', '\u0007']) expect(message).not.toContain(character);
  expect(message.length).toBeLessThan(2500);
});

test.each([
  ['GET', '/agents', 'agent:read'],
  ['GET', '/agents/001/config/com/active-response', 'agent:read'],
  ['PUT', '/active-response', 'active-response:command'],
  ['POST', '/events', 'event:ingest'],
  ['GET', '/manager/configuration', 'manager:read'],
  ['PUT', '/manager/configuration', 'manager:update_config'],
  ['PUT', '/manager/restart', 'manager:restart'],
  ['PUT', '/rules/files/local_rules.xml', 'rules:update'],
  ['GET', '/nothing-known', null],
])('%s %s needs %s', (method, path, action) => {
  expect(neededPermission(method, path)?.action ?? null).toBe(action);
});
