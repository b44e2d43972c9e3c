import { describe, expect, test } from 'vitest';
import { alertOfEvent, readQueueMessage, WEBHOOK } from '../../../src-main/lab/manager/integration-events.ts';
import { formatIntegrationEvent } from '../../../src-shared/formats/integration-event.ts';

const ruleOf = (virustotal: object) =>
  alertOfEvent(JSON.stringify({ virustotal, integration: 'virustotal' }), WEBHOOK)?.rule.id ?? null;

describe('a datagram of the queue', () => {
  test('of an agent names it in front of the place, escaped as 4.4 and later write it', () => {
    const read = readQueueMessage('1:[005] (db-fra-2) fd00|:20|:2|:|:22->virustotal:{"a":"b:c"}');
    expect(read).toMatchObject({
      origin: { agent: { id: '005' }, location: 'virustotal' },
      event: '{"a":"b:c"}',
    });
  });

  test('of the manager names the place alone', () => {
    const read = readQueueMessage('1:virustotal:{"x":1}');
    expect(read).toMatchObject({
      origin: { agent: { id: '000' }, location: 'virustotal' },
      event: '{"x":1}',
    });
  });

  test.each(['', '1:', 'x:virustotal:{}', '1:[999] (nobody) any->virustotal:{}', '8:a:b'])(
    'that reads %j is dropped',
    (message) => {
      expect(readQueueMessage(message)).toBeNull();
    },
  );
});

describe('the rules that an event meets', () => {
  test.each([
    [{ error: 204 }, '87101'],
    [{ error: 403 }, '87102'],
    [{ error: 408 }, '87106'],
    [{ error: 429 }, null],
    [{ found: 0, malicious: 0 }, '87103'],
    [{ found: 1, malicious: 0 }, '87104'],
    [{ found: 1, malicious: 1, positives: 7 }, '87105'],
    [{ found: '1', malicious: '1', positives: '7' }, '87105'],
    [{}, null],
  ])('%j is %s', (virustotal, rule) => {
    expect(ruleOf(virustotal)).toBe(rule);
  });

  test('other events and what is no JSON raise nothing', () => {
    expect(alertOfEvent('{"virustotal":{"found":0},"integration":"other"}', WEBHOOK)).toBeNull();
    expect(alertOfEvent('virustotal', WEBHOOK)).toBeNull();
    expect(alertOfEvent('[1]', WEBHOOK)).toBeNull();
  });

  test('the event form of this product is understood', () => {
    const event = formatIntegrationEvent(
      { kind: 'rate-limited', retryAfterMs: null },
      { event: null, hashes: { sha256: null, sha1: null, md5: null } },
    );
    expect(alertOfEvent(event ?? '', WEBHOOK)?.rule.id).toBe('87101');
  });
});
