import { expect, test } from 'vitest';
import { NO_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { formatIntegrationEvent } from '../../../src-shared/formats/integration-event.ts';

/** The examples of the manager's documentation of 2017. */
const SEED_CLEAN_SOURCE = {
  event: {
    alertId: '1510684374.31421',
    path: '/media/user/software/my-clean-program.exe',
    agentId: '006',
    agentName: 'agent_centos',
  },
  hashes: {
    ...NO_HASHES,
    sha1: 'e4450be2f9a1a97cf0c71ce3efc802cea274fe9a',
    md5: '9c8a83c9f4c39e8200661c33e188e79b',
  },
};

test('no records is printed exactly as the documentation prints it', () => {
  expect(formatIntegrationEvent({ kind: 'no-records' }, SEED_CLEAN_SOURCE)).toBe(
    '{"virustotal": {"found": 0, "malicious": 0, "source": {"alert_id": "1510684374.31421", "sha1": "e4450be2f9a1a97cf0c71ce3efc802cea274fe9a", "file": "/media/user/software/my-clean-program.exe", "agent": {"id": "006", "name": "agent_centos"}, "md5": "9c8a83c9f4c39e8200661c33e188e79b"}}, "integration": "virustotal"}',
  );
});

test('a detection has the documentation’s keys in their order, ours beside them', () => {
  const line = formatIntegrationEvent(
    {
      kind: 'detected',
      positives: 7,
      suspicious: 2,
      total: 67,
      scanDate: '2017-11-14T17:24:37.000Z',
      permalink: 'https://www.virustotal.com/gui/file/8604',
      report: null,
    },
    SEED_CLEAN_SOURCE,
  );
  const { virustotal } = JSON.parse(line ?? '');
  expect(Object.keys(virustotal)).toEqual([
    'permalink',
    'sha1',
    'md5',
    'malicious',
    'source',
    'positives',
    'found',
    'total',
    'suspicious',
    'scan_date',
  ]);
  expect(virustotal).toMatchObject({
    malicious: 1,
    positives: 7,
    found: 1,
    total: 67,
    suspicious: 2,
    scan_date: '2017-11-14 17:24:37',
  });
});

test.each([
  [{ kind: 'rate-limited', retryAfterMs: null }, 204, 'Error: Public API request rate limit reached'],
  [{ kind: 'credentials-rejected', status: 401 }, 403, 'Error: Check credentials'],
  [{ kind: 'timed-out' }, 408, 'Error: API request timed out'],
  [{ kind: 'request-failed', status: 502, detail: '' }, 502, 'Error: API request fail'],
  [{ kind: 'request-failed', status: null, detail: '' }, 0, 'Error: API request fail'],
] as const)('the failure %o carries the integrator’s number %i', (outcome, error, description) => {
  expect(JSON.parse(formatIntegrationEvent(outcome, SEED_CLEAN_SOURCE) ?? '')).toMatchObject({
    virustotal: { error, description, source: { alert_id: '1510684374.31421' } },
    integration: 'virustotal',
  });
});

test('a pending analysis has no line', () => {
  expect(formatIntegrationEvent({ kind: 'pending' }, SEED_CLEAN_SOURCE)).toBeNull();
});

test('names beyond ASCII are escaped and stay one line', () => {
  const event = { ...SEED_CLEAN_SOURCE.event, path: '/srv/Größe\n日本.txt' };
  const line = formatIntegrationEvent({ kind: 'no-records' }, { ...SEED_CLEAN_SOURCE, event }) ?? '';
  expect(line).toContain(String.raw`"/srv/Gr\u00f6\u00dfe\n\u65e5\u672c.txt"`);
  expect(JSON.parse(line).virustotal.source.file).toBe(event.path);
});

test('a hash that a person typed has no alert, file or agent', () => {
  expect(
    formatIntegrationEvent({ kind: 'no-records' }, { event: null, hashes: { ...NO_HASHES, md5: 'ab' } }),
  ).toBe(
    '{"virustotal": {"found": 0, "malicious": 0, "source": {"md5": "ab"}}, "integration": "virustotal"}',
  );
});
