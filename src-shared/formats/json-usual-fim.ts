/**
 * A short cut for what makes up most of the decoding of a backlog: FIM alerts in the very words and order in which
 * managers from 3.12 to 4.14 write them. Only the fields of the head and the `syscheck` object are read; compliance
 * lists and the log text, two thirds of the line, are stepped over. The answer is what JSON.parse gives, short of the
 * members that nobody reads; or null, and then the line goes through JSON.parse: escapes, any other order.
 */
import type { FimDetail } from './json-fim.ts';
import { usualSyscheck, type UsualSyscheck } from './json-usual-syscheck.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, parseJson } from './json-values.ts';

/** The inside of a JSON string without escapes. */
const PLAIN = String.raw`([ !#-\[\]-\uffff]*)`;
/** What is stepped over: a list, an object without objects in it, and one with such objects in it. */
const LIST = String.raw`\[[^\[\]{}\\]*\]`;
const OBJECT = String.raw`\{[^{}\\]*\}`;
const LABELS = String.raw`\{[^{}\\]*(?:${OBJECT}[^{}\\]*)*\}`;

const HEAD = new RegExp(
  [
    String.raw`^\{"timestamp":"${PLAIN}",`,
    String.raw`"rule":\{"level":(\d{1,2}),"description":"${PLAIN}","id":"(\d+)",(?:"mitre":${OBJECT},)?`,
    String.raw`"firedtimes":\d+,"mail":(?:true|false),"groups":\[([^\[\]{}\\]*)\](?:,"\w+":${LIST})*\},`,
    String.raw`"agent":\{"id":"(\d+)","name":"${PLAIN}"(?:,"ip":"${PLAIN}")?(?:,"labels":${LABELS})?\},`,
    String.raw`"manager":\{"name":"${PLAIN}"\},"id":"(\d+\.\d+)",(?:"cluster":${OBJECT},)?"full_log":"`,
  ].join(''),
);
const TAIL = /^\},"decoder":\{"name":"(syscheck_\w+)"\},"location":"(syscheck)"\}$/;

/** With `stored`, members of the `syscheck` object that it leaves out are left out here, too. */
export function usualFimRoot(text: string, detail: FimDetail = 'all'): JsonObject | null {
  const head = HEAD.exec(text);
  if (!head) return null;
  // A quote ends the log text unless it is escaped; an escaped one is left to JSON.parse.
  const logEnd = text.indexOf('"', head[0].length);
  if (text.charAt(logEnd - 1) === '\\' || !text.startsWith(SYSCHECK, logEnd)) return null;
  const stored = detail === 'stored' ? usualSyscheck(text, logEnd + SYSCHECK.length) : null;
  if (stored) return rootOf(head, stored);
  const end = text.indexOf('},"decoder":{', logEnd + SYSCHECK.length);
  const tail = end < 0 ? null : TAIL.exec(text.slice(end));
  const syscheck = tail ? parseJson(text.slice(logEnd + SYSCHECK.length - 1, end + 1)) : null;
  if (!tail || !syscheck || !isObject(syscheck.value)) return null;
  const [, decoder, location] = tail;
  return rootOf(head, { syscheck: syscheck.value, decoder, location });
}

const SYSCHECK = '","syscheck":{';

function rootOf(head: RegExpExecArray, { syscheck, decoder, location }: UsualSyscheck): JsonObject | null {
  const [, timestamp, level, description, ruleId, groups = '', agentId, agentName, ip, manager, id] = head;
  const groupList = parseJson(`[${groups}]`);
  if (!groupList) return null;
  return {
    timestamp,
    rule: { level: Number(level), description, id: ruleId, groups: groupList.value },
    agent: ip === undefined ? { id: agentId, name: agentName } : { id: agentId, name: agentName, ip },
    manager: { name: manager },
    id,
    syscheck,
    decoder: { name: decoder },
    location,
  };
}
