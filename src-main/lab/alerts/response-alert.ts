import type { LabAgent } from '../world/agents.ts';
import type { AlertDraft, JsonObject, StampedAlert } from './alert-draft.ts';
import { dayName, monthName, plainTime, syslogTime, timeOfDay, twoDigits } from './dates.ts';
import { textOf } from './json-object.ts';
import { RESPONSE_RULES } from './lab-rules.ts';
import { responseLineAlert } from './response-line.ts';
import { alertObject } from './to-json-line.ts';

/** `2026/11/21 18:35:11 active-response/bin/kaspersky: …`: programs of 4.2 and later. */
export function programLine(program: string, text: string, atMs: number): string {
  const date = plainTime(atMs).slice(0, 10).replaceAll('-', '/');
  return `${date} ${timeOfDay(atMs)} active-response/bin/${program}: ${text}`;
}

/** `Sat Nov 21 18:35:12 UTC 2026 /var/ossec/active-response/bin/kaspersky.py …`: scripts, as `date` prints the time. */
export function scriptLine(program: string, words: readonly string[], atMs: number): string {
  const date = new Date(atMs);
  const day = `${monthName(date)} ${twoDigits(date.getUTCDate())}`;
  const when = `${dayName(atMs)} ${day} ${timeOfDay(atMs)} UTC ${date.getUTCFullYear()}`;
  return [`${when} /var/ossec/active-response/bin/${program}`, ...words].join(' ');
}

/**
 * One KES run on an agent of 4.2 or later starts with two alerts: 657, which carries a copy of its trigger, and a 607 for
 * the script's plain line.
 */
export function scanStartedAlerts(
  agent: LabAgent,
  trigger: StampedAlert,
  atMs: number,
): readonly [AlertDraft, AlertDraft] {
  const document: JsonObject = {
    version: 1,
    origin: { name: 'node01', module: 'wazuh-execd' },
    command: 'add',
    parameters: {
      extra_args: ['--full_scan'],
      alert: alertObject(trigger),
      program: 'active-response/bin/kaspersky',
    },
  };
  return [
    raisedBy(agent, programLine('kaspersky', JSON.stringify(document), atMs)),
    raisedBy(agent, scriptLine('kaspersky.py', ['--full_scan'], atMs)),
  ];
}

function raisedBy(agent: LabAgent, line: string): AlertDraft {
  const draft = responseLineAlert(agent, line);
  if (!draft) throw new Error(`No rule of the lab fires for ${line}`);
  return draft;
}

/** A task of KES changed its state, seen through syslog. */
export function kesTaskAlert(agent: LabAgent, state: 'Started' | 'Completed', atMs: number): AlertDraft {
  return kesEventAlert(
    agent,
    {
      EventType: 'TaskStateChanged',
      EventId: 4012,
      TaskName: 'Scan_My_Computer',
      TaskId: 2,
      TaskType: 'ODS',
      TaskState: state,
      RuntimeTaskId: 7,
      Date: plainTime(atMs),
    },
    atMs,
  );
}

/** Any event of KES as its syslog line: rule 17000 fires for all of them, with a gap where no state is told. */
export function kesEventAlert(agent: LabAgent, fields: JsonObject, atMs: number): AlertDraft {
  const line = Object.entries(fields).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const timestamp = syslogTime(atMs);
  return {
    rule: RESPONSE_RULES.kes,
    description: RESPONSE_RULES.kes.description
      .replace('{task}', () => textOf(fields['TaskName']))
      .replace('{state}', () => textOf(fields['TaskState'])),
    agent,
    location: '/var/log/messages',
    log: `${timestamp} ${agent.name} kes: {${line.join(', ')}}`,
    isLogInJson: true,
    predecoder: { program_name: 'kes', timestamp, hostname: agent.name },
    decoder: { name: 'kes_parent' },
    fields,
  };
}
