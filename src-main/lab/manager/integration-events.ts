import type { AlertDraft, JsonObject } from '../alerts/alert-draft.ts';
import { objectOf, parseObject, textOf, withoutEmpty } from '../alerts/json-object.ts';
import { VIRUSTOTAL_RULES, type LabRule } from '../alerts/lab-rules.ts';
import { agentById, agentByName, MANAGER, type LabAgent } from '../world/agents.ts';

/** Where an event says it is from: what stands between the queue's number and the event (wazuh.md 4.5). */
export interface EventOrigin {
  readonly agent: LabAgent;
  /** `virustotal`, `API-Webhook`. */
  readonly location: string;
}

/** Events of `POST /events` enter analysisd so. */
export const WEBHOOK: EventOrigin = { agent: MANAGER, location: 'API-Webhook' };

/** A datagram of the queue: `1:LOCATION:EVENT`, `|` before `:` and `|` in the location. Null: analysisd drops it. */
export function readQueueMessage(
  text: string,
): { readonly origin: EventOrigin; readonly event: string } | null {
  const [, rawLocation, event] = /^1:((?:\|[|:]|[^|:])*):(.*)$/s.exec(text) ?? [];
  if (rawLocation === undefined || event === undefined) return null;
  const place = rawLocation.replaceAll(/\|([|:])/g, '$1');
  const [, id, name, location] = /^\[(\d+)\] \(([^)]*)\) [^>]*->(.*)$/s.exec(place) ?? [];
  if (id === undefined) return { origin: { agent: MANAGER, location: place }, event };
  const agent = agentById(id) ?? agentByName(name ?? '');
  return agent ? { origin: { agent, location: location ?? '' }, event } : null;
}

/**
 * The alert that the stock rules 87101 to 87106 make of an event of the VirusTotal integration; null when none of them
 * fires. Keys that the rules do not know stay in `data`, as the JSON decoder leaves them.
 */
export function alertOfEvent(event: string, { agent, location }: EventOrigin): AlertDraft | null {
  const fields = parseObject(event);
  const virustotal = objectOf(fields?.['virustotal']);
  if (!fields || !virustotal || fields['integration'] !== 'virustotal') return null;
  const rule = ruleOf(virustotal);
  if (!rule) return null;
  const file = textOf(objectOf(virustotal['source'])?.['file']);
  const description = rule.description
    .replace('{file}', () => file)
    .replace('{positives}', () => textOf(virustotal['positives']));
  return {
    rule,
    description,
    agent,
    location,
    log: event,
    isLogInJson: false,
    decoder: { name: 'json' },
    fields: withoutEmpty(fields),
  };
}

function ruleOf({ error, found, malicious }: JsonObject): LabRule | null {
  const { rateLimited, credentials, timedOut, detected, noRecords, noPositives } = VIRUSTOTAL_RULES;
  if (error !== undefined) {
    const byNumber: Readonly<Record<string, LabRule>> = { 204: rateLimited, 403: credentials, 408: timedOut };
    return byNumber[textOf(error)] ?? null;
  }
  if (textOf(malicious) === '1') return detected;
  if (textOf(found) === '0') return noRecords;
  return textOf(found) === '1' && textOf(malicious) === '0' ? noPositives : null;
}
