import { alertTimestamp } from './dates.ts';
import type { Json, JsonObject, StampedAlert } from './alert-draft.ts';
import type { LabRule } from './lab-rules.ts';

/** One line of alerts.json, its newline included. */
export function toJsonLine(alert: StampedAlert): string {
  return `${JSON.stringify(alertObject(alert))}\n`;
}

/**
 * An alert as manager 4.14 puts it: its key order, every scalar of `data` as text, `agent.ip` absent where it would be
 * `any`.
 */
export function alertObject({ draft, atMs, id, firedTimes, managerName }: StampedAlert): JsonObject {
  const { agent, rule } = draft;
  const data = { ...draft.fixedFields, ...draft.fields };
  return {
    timestamp: alertTimestamp(atMs),
    rule: ruleObject(rule, draft.description ?? rule.description, firedTimes),
    agent: {
      id: agent.id,
      name: agent.name,
      ...(agent.ip === null ? {} : { ip: agent.ip }),
      ...(Object.keys(agent.labels).length === 0 ? {} : { labels: nest(agent.labels) }),
    },
    manager: { name: managerName },
    id,
    ...(draft.isLogInJson ? { full_log: draft.log } : {}),
    ...(draft.syscheck ? { syscheck: draft.syscheck } : {}),
    ...(draft.predecoder ? { predecoder: draft.predecoder } : {}),
    decoder: draft.decoder,
    ...(Object.keys(data).length === 0 ? {} : { data: asTexts(data) }),
    location: draft.location,
  };
}

/** Compliance marks leave the groups and become lists of their own, in the order of their first appearance. */
const COMPLIANCE = /^(pci_dss|gdpr|gpg13|hipaa|nist_800_53|tsc|cis)_(.+)$/;

function ruleObject(rule: LabRule, description: string, firedTimes: number): JsonObject {
  const groups: string[] = [];
  const compliance: Record<string, string[]> = {};
  for (const token of rule.groups.split(',').filter(Boolean)) {
    const [, name, mark] = COMPLIANCE.exec(token) ?? [];
    if (name && mark) (compliance[name] ??= []).push(mark);
    else groups.push(token);
  }
  return {
    level: rule.level,
    description,
    id: rule.id,
    ...(rule.mitre ? { mitre: { ...rule.mitre } } : {}),
    firedtimes: firedTimes,
    mail: rule.mail ?? false,
    groups,
    ...compliance,
  };
}

/** `{'site.name': 'x'}` becomes `{site: {name: 'x'}}`. */
function nest(flat: Readonly<Record<string, string>>): JsonObject {
  const root: Record<string, Json> = {};
  for (const [key, value] of Object.entries(flat)) {
    const [first = key, ...rest] = key.split('.');
    root[first] = rest.length === 0 ? value : nest({ [rest.join('.')]: value });
  }
  return root;
}

/** Scalars become texts, lists stay. */
export function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
  }
  return String(value);
}
