/**
 * What the manager's own integrator wrote (rules 87101-87106), the same object in both alert forms: `data.virustotal`
 * with every value a string, or the JSON line of the text form with numbers (wazuh.md 3.3 and 4.4).
 * Its shape decides, not the rule id: an alert of a custom rule built on 87105 replaces the 87105 alert.
 */
import type { AgentRef, AlertHeader, LookupFailure, ManagerVerdict } from '../domain/alert.ts';
import { parseHashOf } from '../domain/file-hash.ts';
import type { ManagerOutcome } from '../domain/outcome.ts';
import { scanDateOf } from './alert-time.ts';
import type { JsonObject } from './json-values.ts';
import { countAt, objectAt, textAt } from './json-values.ts';

/** Any log that an agent forwards can hold such an object; only the integrator's own location is believed. */
export const INTEGRATOR_LOCATION = 'virustotal';

export function virusTotalAlert(
  header: AlertHeader,
  report: JsonObject,
): ManagerVerdict | LookupFailure | null {
  const error = countAt(report, 'error');
  if (error !== null || report['error'] !== undefined) {
    const description = textAt(report, 'description') ?? header.ruleDescription;
    return { kind: 'lookup-failure', ...header, errorNumber: error, description };
  }
  const outcome = outcomeOf(header, report);
  if (!outcome) return null;
  const source = objectAt(report, 'source');
  return {
    kind: 'manager-verdict',
    ...header,
    agent: (isOfManager(header) ? sourceAgent(source) : null) ?? header.agent,
    outcome,
    sourceAlertId: textAt(source, 'alert_id'),
    path: textAt(source, 'file'),
    hashes: {
      sha256: parseHashOf('sha256', source['sha256']),
      sha1: parseHashOf('sha1', source['sha1']) ?? parseHashOf('sha1', report['sha1']),
      md5: parseHashOf('md5', source['md5']),
    },
  };
}

/** Raised by the manager itself. Of an agent's alert the header alone tells whose it is: the agent wrote the rest. */
function isOfManager({ agent, managerName }: AlertHeader): boolean {
  return agent.id === '000' || (agent.id === null && agent.name === managerName);
}

/** Up to 3.0 the object named the agent and the alert itself was the manager's (the first seed's form). */
function sourceAgent(source: JsonObject): AgentRef | null {
  const agent = objectAt(source, 'agent');
  const name = textAt(agent, 'name');
  return name === null ? null : { id: textAt(agent, 'id'), name, ip: null };
}

/** Null when it says nothing for certain: such a file is looked up as if the manager had not spoken. */
function outcomeOf(header: AlertHeader, report: JsonObject): ManagerOutcome | null {
  const found = countAt(report, 'found');
  const malicious = countAt(report, 'malicious');
  const isMalicious = header.ruleId === '87105' || malicious === 1;
  const told = countAt(report, 'positives');
  const positives = Math.max(told ?? 0, isMalicious ? 1 : 0);
  const total = countAt(report, 'total');
  if (positives === 0) {
    if (found === 0 || (found === null && header.ruleId === '87103')) return { kind: 'no-records' };
    const isClean = header.ruleId === '87104' || (found !== null && (malicious === 0 || told === 0));
    if (!isClean || total === 0) return null;
  }
  const permalink = textAt(report, 'permalink');
  return {
    kind: positives > 0 ? 'detected' : 'no-positives',
    positives,
    suspicious: 0,
    total: Math.max(total ?? 0, positives),
    scanDate: scanDateOf(textAt(report, 'scan_date')),
    permalink: permalink?.startsWith('https://') ? permalink : null,
    report: null,
  };
}
