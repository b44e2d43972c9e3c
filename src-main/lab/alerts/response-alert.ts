import type { LabAgent } from '../world/agents.ts';
import type { AlertDraft, JsonObject, StampedAlert } from './alert-draft.ts';
import { dayName, plainTime, syslogTime, timeOfDay } from './dates.ts';
import { RESPONSE_RULES } from './lab-rules.ts';
import { alertObject } from './to-json-line.ts';

const RESPONSES_LOG = '/var/ossec/logs/active-responses.log';
const PROGRAM = 'active-response/bin/kaspersky';

/**
 * One KES run on an agent of 4.2 or later starts with two alerts: 657, which carries a copy of its trigger, and a 607 for
 * the script's plain line.
 */
export function scanStartedAlerts(
  agent: LabAgent,
  trigger: StampedAlert,
  atMs: number,
): readonly [AlertDraft, AlertDraft] {
  const fields: JsonObject = {
    version: 1,
    origin: { name: 'node01', module: 'wazuh-execd' },
    command: 'add',
    parameters: {
      extra_args: ['--full_scan'],
      alert: alertObject(trigger),
      program: PROGRAM,
    },
  };
  const date = plainTime(atMs).slice(0, 10).replaceAll('-', '/');
  const ran: AlertDraft = {
    rule: RESPONSE_RULES.ran,
    agent,
    location: RESPONSES_LOG,
    log: `${date} ${timeOfDay(atMs)} ${PROGRAM}: ${JSON.stringify(fields)}`,
    isLogInJson: true,
    decoder: { parent: 'ar_log_json', name: 'ar_log_json' },
    fields,
  };
  return [ran, plainLine(agent, atMs)];
}

/** The 4.x form: script and type stay empty and there is no data. */
function plainLine(agent: LabAgent, atMs: number): AlertDraft {
  const date = new Date(atMs);
  const when = `${dayName(atMs)} ${syslogTime(atMs)} UTC ${date.getUTCFullYear()}`;
  return {
    rule: RESPONSE_RULES.plainLine,
    agent,
    location: RESPONSES_LOG,
    log: `${when} /var/ossec/active-response/bin/kaspersky.py --full_scan`,
    isLogInJson: true,
    decoder: { name: 'ar_log' },
  };
}

/** A task of KES changed its state, seen through syslog. */
export function kesTaskAlert(agent: LabAgent, state: 'Started' | 'Completed', atMs: number): AlertDraft {
  const fields = {
    EventType: 'TaskStateChanged',
    EventId: 4012,
    TaskName: 'Scan_My_Computer',
    TaskId: 2,
    TaskType: 'ODS',
    TaskState: state,
    RuntimeTaskId: 7,
    Date: plainTime(atMs),
  };
  const line = Object.entries(fields).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const timestamp = syslogTime(atMs);
  return {
    rule: RESPONSE_RULES.kes,
    description: RESPONSE_RULES.kes.description
      .replace('{task}', fields.TaskName)
      .replace('{state}', fields.TaskState),
    agent,
    location: '/var/log/messages',
    log: `${timestamp} ${agent.name} kes: {${line.join(', ')}}`,
    isLogInJson: true,
    predecoder: { program_name: 'kes', timestamp, hostname: agent.name },
    decoder: { name: 'kes_parent' },
    fields,
  };
}
