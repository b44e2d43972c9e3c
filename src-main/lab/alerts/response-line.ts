/** What the stock decoders and rules make of a line of an agent's active-responses.log (wazuh.md 3.4). */
import type { LabAgent } from '../world/agents.ts';
import type { AlertDraft, JsonObject } from './alert-draft.ts';
import { objectOf, parseObject, textOf, withoutEmpty } from './json-object.ts';
import { RESPONSE_RULES } from './lab-rules.ts';

const LOCATION = '/var/ossec/logs/active-responses.log';

/** Null: no rule fires (`Starting`, `Ended`, an empty line). */
export function responseLineAlert(agent: LabAgent, line: string): AlertDraft | null {
  return jsonAlert(agent, line) ?? plainAlert(agent, line);
}

const JSON_LINE = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \S*active-response\/bin\/\S+: (\{.*)$/;

/** Decoder `ar_log_json`: rule 657 for any program that none of the others names. */
function jsonAlert(agent: LabAgent, line: string): AlertDraft | null {
  const parsed = parseObject(JSON_LINE.exec(line)?.[1] ?? '');
  const command = textOf(parsed?.['command']);
  if (!parsed || (command !== 'add' && command !== 'delete')) return null;
  const parameters = objectOf(parsed['parameters']);
  const address = soleAddress(objectOf(parameters?.['alert']));
  return {
    rule: RESPONSE_RULES.ran,
    description: `Active response: ${textOf(parameters?.['program'])} - ${command}`,
    agent,
    location: LOCATION,
    log: line,
    isLogInJson: true,
    decoder: { parent: 'ar_log_json', name: 'ar_log_json' },
    ...(address === null ? {} : { fixedFields: { srcip: address } }),
    fields: withoutEmpty(parsed),
  };
}

/** What agent_control was given with `-b` shows as a source address (observed on 4.14.7). */
function soleAddress(alert: JsonObject | null): string | null {
  const [only, ...others] = Object.keys(alert ?? {});
  const data = only === 'data' && others.length === 0 ? objectOf(alert?.['data']) : null;
  return data ? textOf(data['srcip']) || null : null;
}

const PLAIN_LINE = /^\w{3} \w{3}\s+\d+ \d\d:\d\d:\d\d \w+ \d+ \/\S+\/active-response\/bin\/(.*)$/;

/** Decoder `ar_log`: rule 607, whose words stay empty where the decoder's pattern does not fit. */
function plainAlert(agent: LabAgent, line: string): AlertDraft | null {
  const rest = PLAIN_LINE.exec(line)?.[1];
  if (rest === undefined) return null;
  const [whole = '', script = '', type = '', srcip = '', id = ''] =
    /^(\S+) (\S+) \S+ (\S+) (.+?) /.exec(rest) ?? [];
  const extra = /^\d+|^.+?\)/.exec(rest.slice(whole.length))?.[0];
  const isDecoded = whole !== '';
  return {
    rule: RESPONSE_RULES.plainLine,
    description: `Active response: ${script} - ${type}`,
    agent,
    location: LOCATION,
    log: line,
    isLogInJson: true,
    decoder: { name: 'ar_log' },
    ...(isDecoded
      ? {
          fixedFields: { srcip, id, ...(extra === undefined ? {} : { extra_data: extra }) },
          fields: { script, type },
        }
      : {}),
  };
}
