import { expect, test } from 'vitest';
import type { Alert } from '../../../src-shared/domain/alert.ts';
import { fixture, readAlerts } from '../../builders/read-alerts.ts';

/** The alerts of the documentation page that the product starts from, field by field. */
const seed = readAlerts('log', fixture('seed/alerts-2017.log'));

function alertOf(alertId: string): Alert | undefined {
  return seed.records.find(({ alert }) => alert.alertId === alertId)?.alert;
}

const PC = { agent: { id: '000', name: 'PC', ip: null }, managerName: 'PC' };
const UNKNOWN_FACTS = {
  sizeBytes: null,
  hashes: { sha256: null, sha1: null, md5: null },
  permissions: null,
  owner: null,
  group: null,
  modifiedAt: null,
  inode: null,
};

test('all five are read and nothing is malformed', () => {
  expect(seed.alerts).toBe(5);
  expect(seed.malformed).toEqual([]);
});

test('the added file', () => {
  expect(alertOf('1510684983.55139')).toEqual({
    kind: 'fim',
    alertId: '1510684983.55139',
    timeMs: 1_510_684_983_000,
    ruleId: '554',
    ruleLevel: 5,
    ruleDescription: 'File added to the system.',
    ruleGroups: ['ossec', 'syscheck'],
    ...PC,
    location: 'syscheck',
    change: 'added',
    subject: 'file',
    path: '/media/user/software/suspicious-file.exe',
    pathBytes: null,
    mode: null,
    before: UNKNOWN_FACTS,
    after: {
      sizeBytes: 1_568_509,
      hashes: {
        sha256: null,
        sha1: '68b92d885317929e5b283395400ec3322bc9db5e',
        md5: '9519135089d69ad7ae6b00a78480bb2b',
      },
      permissions: '100777',
      owner: 'user (1000)',
      group: 'user (1000)',
      modifiedAt: '2017-11-14T18:42:41',
      inode: '104062',
    },
    changedAttributes: [],
    actor: null,
    tags: [],
  });
});

test.each([
  ['1510676062.9653', '87102', 403, 'Error: Check credentials'],
  ['1510684990.60518', '87101', 204, 'Error: Public API request rate limit reached'],
])('the failed lookup %s', (alertId, ruleId, errorNumber, description) => {
  expect(alertOf(alertId)).toEqual({
    kind: 'lookup-failure',
    alertId,
    timeMs: Number(alertId.split('.')[0]) * 1000,
    ruleId,
    ruleLevel: 3,
    ruleDescription: `VirusTotal: ${description}`,
    ruleGroups: ['virustotal'],
    ...PC,
    location: 'virustotal',
    errorNumber,
    description,
  });
});

test('the verdict without records belongs to the agent that its source names', () => {
  expect(alertOf('1510684376.32386')).toMatchObject({
    kind: 'manager-verdict',
    agent: { id: '006', name: 'agent_centos', ip: null },
    outcome: { kind: 'no-records' },
    sourceAlertId: '1510684374.31421',
    path: '/media/user/software/my-clean-program.exe',
    hashes: {
      sha256: null,
      sha1: 'e4450be2f9a1a97cf0c71ce3efc802cea274fe9a',
      md5: '9c8a83c9f4c39e8200661c33e188e79b',
    },
  });
});

test('the detection, whose header asks for mail', () => {
  expect(alertOf('1510684984.55826')).toMatchObject({
    kind: 'manager-verdict',
    ruleId: '87105',
    ruleLevel: 12,
    ruleDescription:
      'VirusTotal: Alert - /media/user/software/suspicious-file.exe - 7 engines detected this file',
    agent: { id: '006', name: 'agent_centos', ip: null },
    outcome: {
      kind: 'detected',
      positives: 7,
      suspicious: 0,
      total: 67,
      scanDate: '2017-11-14T17:24:37Z',
      permalink:
        'https://www.virustotal.com/file/8604adffc091a760deb4f4d599ab07540c300a0ccb5581de437162e940663a1e/analysis/1510680277/',
      report: null,
    },
    sourceAlertId: '1510684983.55139',
    path: '/media/user/software/suspicious-file.exe',
    hashes: {
      sha256: null,
      sha1: '68b92d885317929e5b283395400ec3322bc9db5e',
      md5: '9519135089d69ad7ae6b00a78480bb2b',
    },
  });
});
