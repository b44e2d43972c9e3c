/**
 * Traces of active responses and of KES itself, as both alert forms carry them (wazuh.md 3.4): from 4.2 on a JSON
 * object after the program's name (rules 650-658), before that, and for kaspersky.py's own line, plain words (600-607).
 */
import type { AlertHeader, KesEvent, ResponseEvent } from '../domain/alert.ts';
import { responseTrigger } from './response-trigger.ts';
import { scriptReport } from './script-report.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, objectAt, parseJson, textAt, textsAt } from './json-values.ts';

const RESPONSE_RULE = /^(?:60[0-7]|65[0-8])$/;

/** True for the shipped rules and for custom ones that kept their group. */
export function isResponse(header: AlertHeader): boolean {
  return RESPONSE_RULE.test(header.ruleId) || header.ruleGroups.includes('active_response');
}

/** `data` holds the decoded fields and is empty where the decoder's pattern did not fit; then the log line speaks. */
export function responseAlert(header: AlertHeader, data: JsonObject, fullLog: string): ResponseEvent {
  const parameters = objectAt(data, 'parameters');
  const spoken = spokenOf(fullLog);
  const program = textAt(parameters, 'program') ?? textAt(data, 'script') ?? spoken.program;
  const command = commandOf(textAt(data, 'command') ?? textAt(data, 'type') ?? spoken.command);
  const isStructured = parameters['extra_args'] !== undefined;
  return {
    kind: 'response',
    ...header,
    program,
    command,
    arguments: isStructured ? textsAt(parameters, 'extra_args') : spoken.options,
    report: scriptReport(data, fullLog),
    trigger: responseTrigger(objectAt(parameters, 'alert'), spoken.words),
  };
}

/** The fields of a 4.2+ line, from its JSON object: what `data` holds in the JSON form. Empty when there is none. */
export function responseData(fullLog: string): JsonObject {
  const start = fullLog.indexOf(': {');
  const parsed = start < 0 ? null : parseJson(fullLog.slice(start + 2));
  return parsed && isObject(parsed.value) ? parsed.value : {};
}

/** A 3.x message has at most 1024 bytes. */
const MOST_WORDS = 1024;

const SPOKEN = /(active-response\/bin\/)([^\s:]+)(:?)(?: (.*))?/;

/** `DATE /var/ossec/active-response/bin/kaspersky.sh add - - 1795286123.222 5104 … --full_scan` */
function spokenOf(fullLog: string): {
  program: string | null;
  command: string | null;
  /** The first option and all that follows it: a path may be a word of its own. */
  options: readonly string[];
  words: readonly string[];
} {
  const match = SPOKEN.exec(fullLog);
  if (!match) return { program: null, command: null, options: [], words: [] };
  const [, folder = '', name = '', colon, rest = ''] = match;
  // A colon means the 4.2+ line: its program is named with the folder and its words are JSON.
  if (colon === ':') return { program: folder + name, command: null, options: [], words: [] };
  const words = rest.split(' ', MOST_WORDS);
  const first = words.findIndex((word) => /^--?[A-Za-z]/.test(word));
  return { program: name, command: words[0] ?? null, options: first < 0 ? [] : words.slice(first), words };
}

function commandOf(text: string | null): 'add' | 'delete' | null {
  return text === 'add' || text === 'delete' ? text : null;
}

const KES_LINE = /^[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ kes(?:\[\d+\])?: (.*)/;

/** Rule 17000, or a custom rule on a syslog line of program `kes`. */
export function isKes(header: AlertHeader, fullLog: string): boolean {
  return header.ruleId === '17000' || KES_LINE.test(fullLog);
}

/** The rule also fires without TaskState and for tails that are no JSON (wazuh.md 3.4). */
export function kesAlert(header: AlertHeader, data: JsonObject): KesEvent {
  return {
    kind: 'kes',
    ...header,
    taskName: textAt(data, 'TaskName'),
    taskState: textAt(data, 'TaskState'),
    detection: detectionOf(data),
  };
}

/** Messages of type ThreatDetected, in the words of the event log (kesl.md section 8). */
function detectionOf(data: JsonObject): KesEvent['detection'] {
  const threat = textAt(data, 'DetectName');
  if (threat === null) return null;
  const path = textAt(data, 'FileName') ?? textAt(data, 'ObjectName');
  return { threat: threat.slice(0, 300), path: path?.slice(0, 4096) ?? null };
}

/** The fields of a KES line: what `data` holds in the JSON form. */
export function kesData(fullLog: string): JsonObject {
  const tail = KES_LINE.exec(fullLog)?.[1];
  const parsed = tail === undefined ? null : parseJson(tail);
  return parsed && isObject(parsed.value) ? parsed.value : {};
}
