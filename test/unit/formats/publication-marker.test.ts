import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src-shared/domain/alert.ts';
import { formatIntegrationEvent } from '../../../src-shared/formats/integration-event.ts';
import { plainLine, plainText } from '../../builders/an-alert-record.ts';
import { fromJson, fromText } from '../../builders/decode-alert.ts';
import { digestsOf } from '../../builders/digests.ts';
import { NO_RECORDS } from '../../builders/outcomes.ts';

const MARKER = 'c0a1b2c3-0000-4111-8222-333344445555';
const SOURCE = {
  hashes: digestsOf('report'),
  event: { alertId: '1.2', path: '/srv/x', agentId: '001', agentName: 'web-01' },
};
const EVENT = formatIntegrationEvent(NO_RECORDS, SOURCE, MARKER) ?? '';

function jsonAlert(data: object, location = 'virustotal'): Alert {
  const rule = { id: '87103', level: 3, description: 'VirusTotal: no records', groups: ['virustotal'] };
  return fromJson(plainLine({ rule, data, location }));
}

function textAlert(body: string): Alert {
  return fromText(plainText(body).replace('->/var/log/secure', '->virustotal'));
}

describe('an outcome that was handed to a manager', () => {
  test('carries its mark beside the integrator’s own keys', () => {
    expect(JSON.parse(EVENT)).toMatchObject({
      virustotal: { found: 0 },
      integration: 'virustotal',
      verdict_desk: { id: MARKER },
    });
    expect(formatIntegrationEvent(NO_RECORDS, SOURCE)).not.toContain('verdict_desk');
    expect(formatIntegrationEvent({ kind: 'pending' }, SOURCE, MARKER)).toBeNull();
  });

  test('is known again in alerts.json, whichever way it was handed over', () => {
    const data: object = JSON.parse(EVENT);
    for (const location of ['virustotal', 'API-Webhook']) {
      expect(jsonAlert(data, location)).toMatchObject({
        kind: 'own-outcome',
        marker: MARKER,
        ruleId: '87103',
      });
    }
  });

  test('is known again in alerts.log, by its line or by the fields below it', () => {
    expect(textAlert(EVENT)).toMatchObject({ kind: 'own-outcome', marker: MARKER });
    const fields = `virustotal.found: 0\nvirustotal.malicious: 0\nverdict_desk.id: ${MARKER}\n`;
    expect(textAlert(`${EVENT.slice(0, 40)}\n${fields}`)).toMatchObject({
      kind: 'own-outcome',
      marker: MARKER,
    });
  });

  test('is known again when it was a failure or says nothing for certain', () => {
    for (const virustotal of [{ error: '204' }, { found: '1', total: '0' }]) {
      expect(jsonAlert({ virustotal, verdict_desk: { id: MARKER } })).toMatchObject({ kind: 'own-outcome' });
    }
  });
});

describe('what only looks like a mark', () => {
  test('is passed over: no outcome beside it, or nothing that could be one of ours', () => {
    expect(jsonAlert({ verdict_desk: { id: MARKER } }).kind).toBe('other');
    const virustotal = { found: '0', malicious: '0', source: { md5: digestsOf('a').md5 } };
    for (const id of ['', 'short', `${MARKER}\n`, 'X'.repeat(20), 'a'.repeat(65), 7, null, {}]) {
      expect(jsonAlert({ virustotal, verdict_desk: { id } }).kind).toBe('manager-verdict');
    }
    expect(jsonAlert({ virustotal, verdict_desk: MARKER }).kind).toBe('manager-verdict');
  });

  test('a path that names the key hides no verdict', () => {
    const line = EVENT.replace(/, "verdict_desk".*$/, '}').replace(
      '/srv/x',
      '/srv/verdict_desk.id: abcdefgh',
    );
    expect(textAlert(line).kind).toBe('manager-verdict');
  });
});
