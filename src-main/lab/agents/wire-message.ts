import type { JsonObject } from '../alerts/alert-draft.ts';

/** What a manager sends to an agent's execd (wazuh.md 6.2): JSON to agents from 4.2 on, words to older ones. */
export type WireMessage =
  | {
      readonly form: 'json';
      /** A name of ar.conf, or `!` and a program. */
      readonly command: string;
      readonly originName: string;
      readonly extraArgs: readonly string[];
      readonly alert: JsonObject;
    }
  | { readonly form: 'words'; readonly text: string };

const NODE = 'node01';
/** A message of the older kind has at most so many bytes. */
const MOST_BYTES = 1024;

/** What `PUT /active-response` makes of an order. */
export function apiMessage(
  takesJson: boolean,
  order: { readonly command: string; readonly arguments: readonly string[]; readonly alert: JsonObject },
): WireMessage {
  const { command, arguments: words, alert } = order;
  if (takesJson) return { form: 'json', command, originName: NODE, extraArgs: words, alert };
  const rest = words.length === 0 ? '- -' : words.map(escaped).join(' ');
  return asWords(`${command} ${rest}`);
}

/** What `agent_control -b TEXT -f NAME -u ID` makes of it: agents from 4.2 on get no arguments at all. */
export function agentControlMessage(takesJson: boolean, command: string, text: string): WireMessage {
  if (takesJson) {
    return { form: 'json', command, originName: '', extraArgs: [], alert: { data: { srcip: text } } };
  }
  return asWords(`${command} - ${text} (from_the_server) (no_rule_id)`);
}

/** An active response of the manager's own, raised by an alert. */
export interface RaisedResponse {
  readonly command: string;
  readonly option: string;
  readonly alert: JsonObject;
  /** `SEC.OFF` as the response carries it, which is not always the alert's own. */
  readonly alertId: string;
  readonly ruleId: string;
  /** `(web-ams-1) 10.20.1.11->virustotal`. */
  readonly location: string;
}

export function raisedMessage(takesJson: boolean, raised: RaisedResponse): WireMessage {
  const { command, option, alert, alertId, ruleId, location } = raised;
  if (takesJson) {
    return {
      form: 'json',
      command,
      originName: NODE,
      extraArgs: option === '' ? [] : [option],
      alert: { ...alert, id: alertId },
    };
  }
  return asWords(`${command} - - ${alertId} ${ruleId} ${location} - ${escaped(option)}`);
}

function asWords(text: string): WireMessage {
  return { form: 'words', text: Buffer.from(text).subarray(0, MOST_BYTES).toString('utf8') };
}

/** Backslashes before what a shell would read; the agent splits at blanks all the same. */
function escaped(word: string): string {
  return word.replaceAll(/["'\t;`><|#*[\]{}&$!:()]/g, String.raw`\$&`);
}
