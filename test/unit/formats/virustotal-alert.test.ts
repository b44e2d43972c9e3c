import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src-shared/domain/alert.ts';
import { plainLine, plainText } from '../../builders/an-alert-record.ts';
import { fromJson, fromText } from '../../builders/decode-alert.ts';

const MD5 = '44d88612fea8a8f36de82e1278abb02f';
const SHA1 = '3395856ce81f2b7382dee72602f798b642f14140';
const SOURCE = { alert_id: '1795286028.536', file: '/srv/x', md5: MD5, sha1: SHA1 };

function jsonAlert(virustotal: object, ruleId = '87105', location = 'virustotal'): Alert {
  const rule = { id: ruleId, level: 3, description: 'VirusTotal: something', groups: ['virustotal'] };
  return fromJson(plainLine({ rule, data: { virustotal, integration: 'virustotal' }, location }));
}

function textAlert(body: string, ruleId = '87105'): Alert {
  return fromText(
    plainText(body)
      .replace('->/var/log/secure', '->virustotal')
      .replace('Rule: 5760', `Rule: ${ruleId}`)
      .replace('Src IP: 203.0.113.45\n', ''),
  );
}

describe('a verdict of the manager', () => {
  test('counts as no records when VirusTotal found nothing', () => {
    expect(jsonAlert({ found: '0', malicious: '0', source: SOURCE }, '87103')).toMatchObject({
      kind: 'manager-verdict',
      outcome: { kind: 'no-records' },
      sourceAlertId: '1795286028.536',
      path: '/srv/x',
      hashes: { md5: MD5, sha1: SHA1, sha256: null },
    });
  });

  test('is a detection from one engine on', () => {
    const report = { found: '1', malicious: '1', positives: '1', total: '70', source: SOURCE };

    expect(jsonAlert(report)).toMatchObject({ outcome: { kind: 'detected', positives: 1, total: 70 } });
    expect(jsonAlert({ ...report, malicious: '0', positives: '0' }, '87104')).toMatchObject({
      outcome: { kind: 'no-positives', positives: 0, total: 70 },
    });
  });

  test('stays a detection when its numbers cannot be read', () => {
    expect(jsonAlert({ found: true, positives: ['7'], total: null })).toMatchObject({
      outcome: { kind: 'detected', positives: 1, total: 1 },
    });
  });

  test('is never clean without an engine or a rule that says so', () => {
    const nothing = { found: '1', source: SOURCE };
    expect(jsonAlert(nothing, '100211').kind).toBe('other');
    expect(jsonAlert({ ...nothing, malicious: '0', positives: '0', total: '0' }, '87104').kind).toBe('other');
    expect(jsonAlert(nothing, '87104')).toMatchObject({ outcome: { kind: 'no-positives' } });
  });

  test('that contradicts itself raises the alarm', () => {
    expect(jsonAlert({ found: '0', malicious: '1', positives: '4', source: SOURCE }, '87103')).toMatchObject({
      outcome: { kind: 'detected', positives: 4 },
    });
  });

  test('is one also under a custom rule that replaced 87105', () => {
    expect(jsonAlert({ found: '1', positives: '64', total: '68', source: SOURCE }, '100211')).toMatchObject({
      kind: 'manager-verdict',
      ruleId: '100211',
      outcome: { kind: 'detected', positives: 64 },
    });
  });

  test('is believed from the integrator only, not from a log that imitates it', () => {
    expect(jsonAlert({ found: '1', positives: '0', source: SOURCE }, '87104', '/var/log/app.json').kind).toBe(
      'other',
    );
  });

  test('is of the agent it names only where the manager itself raised it, as up to 3.0', () => {
    const report = {
      found: '1',
      malicious: '0',
      positives: '0',
      total: '70',
      source: { ...SOURCE, agent: { id: '007', name: 'web-07' } },
    };
    const rule = { id: '87104', level: 3, description: 'VirusTotal: clean', groups: ['virustotal'] };
    const ofManager = { rule, data: { virustotal: report }, location: 'virustotal' };

    expect(fromJson(plainLine({ ...ofManager, agent: { id: '000', name: 'manager' } }))).toMatchObject({
      agent: { id: '007', name: 'web-07' },
    });
    expect(fromJson(plainLine({ ...ofManager, agent: undefined }))).toMatchObject({ agent: { id: '007' } });
    // Its sender may write what it likes into the object, and nothing into the header.
    expect(jsonAlert(report, '87104')).toMatchObject({ agent: { id: '001', name: 'web-01' } });
    expect(textAlert(JSON.stringify({ virustotal: report }), '87104')).toMatchObject({
      kind: 'manager-verdict',
      agent: { name: 'web-01' },
    });
  });

  test('links to the web only', () => {
    expect(jsonAlert({ found: '1', positives: '1', permalink: 'javascript:alert(1)' })).toMatchObject({
      outcome: { permalink: null },
    });
  });

  test('is read from the flattened lines when its JSON line is damaged', () => {
    const body = [
      '{"virustotal": {"found": 1, "source": {"al',
      'virustotal.found: 1',
      'virustotal.source.file: /srv/x: y',
      `virustotal.source.md5: ${MD5}`,
      'virustotal.positives: 7',
      'virustotal.total: 67',
      'virustotal.scan_date: 2017-11-14 17:24:37',
    ].join('\n');

    expect(textAlert(body)).toMatchObject({
      kind: 'manager-verdict',
      outcome: { kind: 'detected', positives: 7, total: 67, scanDate: '2017-11-14T17:24:37Z' },
      path: '/srv/x: y',
      hashes: { md5: MD5 },
    });
  });
});

describe('a failed lookup of the manager', () => {
  test.each([
    ['87101', '204', 204],
    ['87102', '403', 403],
    ['87106', '408', 408],
    ['87102', 'odd', null],
  ])('rule %s with error %s', (ruleId, error, errorNumber) => {
    expect(jsonAlert({ error, description: 'Error: words' }, ruleId)).toMatchObject({
      kind: 'lookup-failure',
      ruleId,
      errorNumber,
      description: 'Error: words',
    });
    expect(
      textAlert(`{"virustotal": {"error": "${error}", "description": "Error: words"}}`, ruleId),
    ).toMatchObject({ kind: 'lookup-failure', errorNumber });
  });
});

test.each([[{}], [{ found: 'x' }], [{ source: 7 }]])(
  'an object that says nothing is of no interest: %j',
  (report) => {
    expect(jsonAlert(report, '100500').kind).toBe('other');
  },
);
