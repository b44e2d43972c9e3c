import { agentText } from './agent-status.ts';
import { isObject, objectAt, parseJson, textAt } from './json-values.ts';

/** What `agent_control -i ID -j` tells of an agent beyond its line in the list. */
export interface AgentControlInfo {
  /** `4.14.7`; null for an agent that never connected. */
  readonly version: string | null;
  /** `Linux |web-1 |6.1.0 |… [Debian GNU/Linux|debian: 12]`, `Microsoft Windows 11 Pro [Ver: …]`, as agents write it. */
  readonly osName: string | null;
}

/** `{"error":0,"data":{…,"os":"…","version":"Wazuh v4.14.7 / 5f2c…",…}}`; null when it is an error or something else. */
export function parseAgentControlInfo(output: string): AgentControlInfo | null {
  const parsed = parseJson(output.trim());
  if (!parsed || !isObject(parsed.value) || parsed.value['error'] !== 0) return null;
  const data = objectAt(parsed.value, 'data');
  const [, version = null] = /\bv(\d{1,3}\.\d{1,3}\.\d{1,3})\b/.exec(textAt(data, 'version') ?? '') ?? [];
  const os = agentText(textAt(data, 'os'));
  return { version, osName: os === null || os.toLowerCase() === 'unknown' ? null : os };
}
