/**
 * alerts.log, the text form, 3.0 to 4.14 (grammar: wazuh.md 2.1). A record runs from its `** Alert` header to the next.
 * Dates are manager local time without a zone, so the alert id tells the time; agents are named without their id.
 */
import type { AgentRef, Alert, AlertHeader, Decoded } from '../domain/alert.ts';
import { timeOfAlertId } from './alert-time.ts';
import { isObject } from './json-values.ts';
import { markerInText } from './publication-marker.ts';
import { isKes, isResponse, kesAlert, kesData, responseAlert, responseData } from './response-alert.ts';
import { ruleGroupsOf } from './rule-groups.ts';
import type { SourceText } from './source-text.ts';
import { flattenedFields, integratorReport } from './text-fields.ts';
import { textFimEvent } from './text-fim.ts';
import { INTEGRATOR_LOCATION, virusTotalAlert } from './virustotal-alert.ts';

/** Decodes one whole record; blank lines at its end do not matter. Never throws. */
export function decodeTextAlert(source: SourceText): Decoded {
  const head = headOf(withoutCarriageReturns(source.text));
  return head ? { alert: alertOf(head, source) } : { malformed: 'not-an-alert' };
}

interface Head {
  readonly header: AlertHeader;
  /** All that follows the rule line and its net lines. */
  readonly body: string;
}

const FIRST_LINE = /^\*\* Alert (\d+\.\d+):(?:[^-]*- )?(.*)$/;
const WHEN = /^\d{4} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d (.*)$/;
const RULE = /^Rule: (\d+) \(level (\d+)\) -> '/m;

function headOf(record: string): Head | null {
  const firstEnd = lineEnd(record, 0);
  const first = FIRST_LINE.exec(record.slice(0, firstEnd));
  const when = WHEN.exec(record.slice(firstEnd + 1, lineEnd(record, firstEnd + 1)));
  const rule = RULE.exec(record);
  if (!first || !when || !rule) return null;
  const alertId = first[1] ?? '';
  const timeMs = timeOfAlertId(alertId);
  if (timeMs === null) return null;
  const descriptionStart = rule.index + rule[0].length;
  const descriptionEnd = descriptionEndOf(record, descriptionStart);
  const header: AlertHeader = {
    alertId,
    timeMs,
    ruleId: rule[1] ?? '',
    ruleLevel: Number(rule[2]),
    ruleDescription: record.slice(descriptionStart, descriptionEnd),
    ruleGroups: ruleGroupsOf((first[2] ?? '').split(',')),
    ...placeOf(when[1] ?? ''),
  };
  return { header, body: withoutNetLines(record.slice(lineEnd(record, descriptionEnd) + 1)) };
}

/** The last quote of the line; a description that holds a file name with a newline goes on below. */
function descriptionEndOf(record: string, start: number): number {
  const end = lineEnd(record, start);
  const quote = record.lastIndexOf("'", end - 1);
  if (quote >= start) return quote;
  const below = record.indexOf("'\n", end);
  return below < 0 ? end : below;
}

const REMOTE = /^\(([^)]*)\) (.*?)->(.*)$/;
const LOCAL = /^(.*?)->(.*)$/;

function placeOf(place: string): { agent: AgentRef; managerName: string | null; location: string } {
  const remote = REMOTE.exec(place);
  if (remote) {
    const ip = remote[2] === 'any' || remote[2] === '' ? null : (remote[2] ?? null);
    return { agent: { id: null, name: remote[1] ?? '', ip }, managerName: null, location: remote[3] ?? '' };
  }
  const local = LOCAL.exec(place);
  const name = local?.[1] ?? '';
  return { agent: { id: '000', name, ip: null }, managerName: name, location: local?.[2] ?? place };
}

const NET_LINE = /^(?:(?:Src|Dst) (?:IP|Location|Port)|User): /;

function withoutNetLines(body: string): string {
  let start = 0;
  while (NET_LINE.test(body.slice(start, start + 16))) start = lineEnd(body, start) + 1;
  return body.slice(start);
}

function alertOf({ header, body }: Head, source: SourceText): Alert {
  const fullLog = body.slice(0, lineEnd(body, 0));
  const other: Alert = { kind: 'other', ...header };
  if (header.location.startsWith('syscheck')) {
    return textFimEvent(header, body, () => latin1Body(source)) ?? other;
  }
  const marker = markerInText(body);
  if (marker !== null) return { kind: 'own-outcome', ...header, marker };
  if (header.location === INTEGRATOR_LOCATION) {
    const report = integratorReport(body);
    return (report && virusTotalAlert(header, report)) ?? other;
  }
  if (isResponse(header)) {
    const data = responseData(fullLog);
    return responseAlert(header, isEmpty(data) ? flattenedFields(body) : data, fullLog);
  }
  if (isKes(header, fullLog)) {
    const data = kesData(fullLog);
    return kesAlert(header, isEmpty(data) ? flattenedFields(body) : data);
  }
  return other;
}

function isEmpty(data: unknown): boolean {
  return isObject(data) && Object.keys(data).length === 0;
}

/** The body in one character a byte; the grammar is ASCII, so it is cut at the same places. */
function latin1Body(source: SourceText): string {
  return headOf(withoutCarriageReturns(source.latin1()))?.body ?? '';
}

/** Files that went through Windows hands end their lines in CRLF, all of them. */
function withoutCarriageReturns(record: string): string {
  return record.charAt(lineEnd(record, 0) - 1) === '\r' ? record.replaceAll('\r\n', '\n') : record;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
