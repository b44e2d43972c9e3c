import { headerTime } from './dates.ts';
import type { Json, JsonObject, StampedAlert } from './alert-draft.ts';

/**
 * One alert of alerts.log as manager 4.14 writes it (wazuh.md section 2.1): header, place, labels, rule, net lines, log,
 * FIM block or flattened fields, an empty line.
 */
export function toText({ draft, atMs, id, managerName }: StampedAlert): string {
  const { agent, rule } = draft;
  const place = agent.id === '000' ? managerName : `(${agent.name}) ${agent.ip ?? 'any'}`;
  const lines = [
    `** Alert ${id}: ${rule.mail ? 'mail  ' : ''}- ${rule.groups}`,
    `${headerTime(atMs)} ${place}->${draft.location}`,
    ...Object.entries(agent.labels).map(([key, value]) => `${key}: ${value}`),
    `Rule: ${rule.id} (level ${rule.level}) -> '${draft.description ?? rule.description}'`,
    ...netLines(draft.fixedFields ?? {}),
    draft.log,
    ...(draft.fimText ? [draft.fimText] : flatten(draft.fields ?? {}, '')),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** In the writer's fixed order; the user line names the target user. */
const NET_LINES = [
  ['srcip', 'Src IP'],
  ['srcport', 'Src Port'],
  ['dstip', 'Dst IP'],
  ['dstport', 'Dst Port'],
  ['dstuser', 'User'],
] as const;

function netLines(fields: JsonObject): string[] {
  return NET_LINES.flatMap(([key, label]) => {
    const value = fields[key];
    return typeof value === 'string' ? [`${label}: ${value}`] : [];
  });
}

function flatten(value: Json, prefix: string): string[] {
  if (Array.isArray(value)) return [`${prefix}: [${value.map((item) => JSON.stringify(item)).join(', ')}]`];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key));
  }
  return [`${prefix}: ${String(value)}`];
}
