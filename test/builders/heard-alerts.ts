import type { KesEvent, ResponseEvent } from '../../src-shared/domain/alert.ts';
import type { ScriptReport } from '../../src-shared/domain/script-report.ts';

const NO_COUNTS = {
  scanned: null,
  detected: null,
  disinfected: null,
  removed: null,
  notDisinfected: null,
  errors: null,
  skipped: null,
};

export function aReport(
  change: Partial<Omit<ScriptReport, 'counts'>> & { counts?: object } = {},
): ScriptReport {
  const { counts, ...rest } = change;
  return {
    token: 'abcdefgh12345678',
    event: 'started',
    kind: 'full',
    task: 'Scan_My_Computer',
    state: null,
    code: null,
    words: null,
    path: null,
    threat: null,
    counts: { ...NO_COUNTS, ...counts },
    ...rest,
  };
}

let offset = 0;

function aHeader(timeMs: number) {
  return {
    alertId: `${Math.floor(timeMs / 1000)}.${(offset += 100)}`,
    timeMs,
    ruleLevel: 3,
    ruleDescription: 'Active response',
    ruleGroups: ['ossec', 'active_response'],
    agent: { id: '001', name: 'web-01', ip: null },
    managerName: 'manager',
  };
}

/** The compiled wrapper was started for a full scan, as a 4.2+ agent logs it. */
export function aResponse(timeMs: number, change: Partial<ResponseEvent> = {}): ResponseEvent {
  return {
    kind: 'response',
    ...aHeader(timeMs),
    ruleId: '657',
    location: '/var/ossec/logs/active-responses.log',
    program: 'active-response/bin/kaspersky',
    command: 'add',
    arguments: ['--full_scan'],
    report: null,
    trigger: null,
    ...change,
  };
}

/** The line that kaspersky.py itself writes in the same run. */
export function aPythonLine(timeMs: number, change: Partial<ResponseEvent> = {}): ResponseEvent {
  return aResponse(timeMs, { ruleId: '607', program: 'kaspersky.py', command: null, ...change });
}

export function aScriptLine(
  timeMs: number,
  report: Parameters<typeof aReport>[0] = {},
  change: Partial<ResponseEvent> = {},
): ResponseEvent {
  return aResponse(timeMs, {
    program: 'active-response/bin/verdict-desk-kes',
    arguments: [],
    report: aReport(report),
    ...change,
  });
}

export function aKesMessage(timeMs: number, change: Partial<KesEvent> = {}): KesEvent {
  return {
    kind: 'kes',
    ...aHeader(timeMs),
    ruleId: '17000',
    location: '/var/log/messages',
    taskName: 'Scan_My_Computer',
    taskState: 'Started',
    detection: null,
    ...change,
  };
}
