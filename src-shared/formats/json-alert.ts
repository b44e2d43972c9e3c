/** alerts.json, one object a line, 3.x and 4.x (wazuh.md sections 3.1-3.4). Unknown shapes decode to `other`. */
import type { AgentRef, Alert, AlertHeader, Decoded } from '../domain/alert.ts';
import { isAlertId, timeOfAlertId, timeOfTimestamp } from './alert-time.ts';
import { jsonFimEvent, type FimDetail } from './json-fim.ts';
import { usualFimRoot } from './json-usual-fim.ts';
import type { JsonObject } from './json-values.ts';
import { countAt, isObject, objectAt, parseJson, textAt, textsAt } from './json-values.ts';
import { markerOf } from './publication-marker.ts';
import { isKes, isResponse, kesAlert, responseAlert } from './response-alert.ts';
import { ruleGroupsOf } from './rule-groups.ts';
import type { SourceText } from './source-text.ts';
import { INTEGRATOR_LOCATION, virusTotalAlert } from './virustotal-alert.ts';

/** Decodes one whole line, without its newline; of a FIM event as much as `detail` says. Never throws. */
export function decodeJsonAlert(source: SourceText, detail: FimDetail = 'all'): Decoded {
  const parsed = parseAlert(source.text, detail);
  if (!parsed) return { malformed: 'not-json' };
  const root = parsed.value;
  if (!isObject(root)) return { malformed: 'not-an-alert' };
  const header = headerOf(root);
  return header ? { alert: alertOf(header, root, source, detail) } : { malformed: 'not-an-alert' };
}

function parseAlert(text: string, detail: FimDetail): { readonly value: unknown } | null {
  const usual = usualFimRoot(text, detail);
  return usual ? { value: usual } : parseJson(text);
}

function headerOf(root: JsonObject): AlertHeader | null {
  const rule = objectAt(root, 'rule');
  const ruleId = textAt(rule, 'id');
  const alertId = textAt(root, 'id');
  if (ruleId === null || alertId === null || !isAlertId(alertId)) return null;
  const managerName = textAt(objectAt(root, 'manager'), 'name');
  return {
    alertId,
    timeMs: timeOfTimestamp(textAt(root, 'timestamp') ?? '') ?? timeOfAlertId(alertId) ?? 0,
    ruleId,
    ruleLevel: countAt(rule, 'level') ?? 0,
    ruleDescription: textAt(rule, 'description') ?? '',
    ruleGroups: ruleGroupsOf(textsAt(rule, 'groups')),
    agent: agentOf(root, managerName),
    managerName,
    location: textAt(root, 'location') ?? '',
  };
}

/** Devices without an agent carry `agentless` in its place. */
function agentOf(root: JsonObject, managerName: string | null): AgentRef {
  const agent = objectAt(root, 'agent');
  const name = textAt(agent, 'name');
  const id = textAt(agent, 'id');
  if (name !== null || id !== null) return { id, name: name ?? id ?? '', ip: textAt(agent, 'ip') };
  const agentless = objectAt(root, 'agentless');
  const script = textAt(agentless, 'script');
  if (script !== null) return { id: null, name: script, ip: textAt(agentless, 'host') };
  return { id: null, name: managerName ?? '', ip: null };
}

function alertOf(header: AlertHeader, root: JsonObject, source: SourceText, detail: FimDetail): Alert {
  const { syscheck } = root;
  if (isObject(syscheck)) {
    return jsonFimEvent(header, { syscheck, root, source, detail }) ?? { kind: 'other', ...header };
  }
  const data = objectAt(root, 'data');
  const marker = markerOf(data);
  if (marker !== null) return { kind: 'own-outcome', ...header, marker };
  if (header.location === INTEGRATOR_LOCATION && isObject(data['virustotal'])) {
    return virusTotalAlert(header, data['virustotal']) ?? { kind: 'other', ...header };
  }
  const fullLog = textAt(root, 'full_log') ?? '';
  if (isResponse(header)) return responseAlert(header, data, fullLog);
  if (isKes(header, fullLog)) return kesAlert(header, data);
  return { kind: 'other', ...header };
}
