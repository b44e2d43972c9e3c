import type {
  AlertHeader,
  FileFacts,
  FimEvent,
  LookupFailure,
  ManagerVerdict,
} from '../../src-shared/domain/alert.ts';
import { NO_HASHES, type FileHashes } from '../../src-shared/domain/file-hash.ts';
import { digestsOf } from './digests.ts';

/** Where the clock of the tests' alerts starts: 2026-11-20T08:00:00Z, epoch seconds. */
export const FIRST_ALERT_SEC = 1_795_161_600;

let next = 0;

/** A header with an id and a time of its own; `sec` moves both. */
function aHeader(sec: number): AlertHeader {
  return {
    alertId: `${sec}.${(next += 1000)}`,
    timeMs: sec * 1000,
    ruleId: '554',
    ruleLevel: 5,
    ruleDescription: 'File added to the system.',
    ruleGroups: ['ossec', 'syscheck'],
    agent: { id: '001', name: 'web-01', ip: '10.0.0.5' },
    managerName: 'wazuh-manager',
    location: 'syscheck',
  };
}

export function someFacts(hashes: FileHashes, facts: Partial<FileFacts> = {}): FileFacts {
  return {
    sizeBytes: 1024,
    hashes,
    permissions: 'rw-r--r--',
    owner: 'root (0)',
    group: 'root (0)',
    modifiedAt: null,
    inode: null,
    ...facts,
  };
}

export type FimEventChanges = Partial<FimEvent> & {
  /** Digests after the change; those of a content of its own by default. */
  readonly hashes?: FileHashes;
  readonly sec?: number;
  readonly agentName?: string;
};

/** A file added on web-01. */
export function aFimEvent({
  hashes,
  sec = FIRST_ALERT_SEC,
  agentName,
  ...changes
}: FimEventChanges = {}): FimEvent {
  const header = aHeader(sec);
  return {
    ...header,
    kind: 'fim',
    change: 'added',
    subject: 'file',
    path: '/srv/uploads/report.pdf',
    pathBytes: null,
    mode: 'realtime',
    before: someFacts(NO_HASHES),
    after: someFacts(hashes ?? digestsOf(header.alertId)),
    changedAttributes: [],
    actor: null,
    tags: [],
    ...(agentName === undefined ? {} : { agent: { id: null, name: agentName, ip: null } }),
    ...changes,
  };
}

export type ManagerVerdictChanges = Partial<ManagerVerdict> & {
  readonly sec?: number;
  readonly agentName?: string;
};

/** The manager's integrator detected the file of web-01: 7 of 67 engines. */
export function aManagerVerdict({
  sec = FIRST_ALERT_SEC,
  agentName,
  ...changes
}: ManagerVerdictChanges = {}): ManagerVerdict {
  return {
    ...aHeader(sec),
    kind: 'manager-verdict',
    ruleId: '87105',
    location: 'virustotal',
    outcome: {
      kind: 'detected',
      positives: 7,
      suspicious: 0,
      total: 67,
      scanDate: '2026-11-19T17:24:37.000Z',
      permalink: 'https://www.virustotal.com/gui/file/abc',
      report: null,
    },
    sourceAlertId: null,
    path: '/srv/uploads/report.pdf',
    hashes: digestsOf('report'),
    ...(agentName === undefined ? {} : { agent: { id: null, name: agentName, ip: null } }),
    ...changes,
  };
}

/** The manager's integrator was rate limited. */
export function aLookupFailure(changes: Partial<LookupFailure> = {}): LookupFailure {
  return {
    ...aHeader(FIRST_ALERT_SEC),
    kind: 'lookup-failure',
    ruleId: '87101',
    location: 'virustotal',
    agent: { id: '000', name: 'wazuh-manager', ip: null },
    errorNumber: 204,
    description: 'Error: Public API request rate limit reached',
    ...changes,
  };
}
