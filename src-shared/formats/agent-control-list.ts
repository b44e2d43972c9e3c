import type { KnownAgent } from '../domain/agent.ts';
import { agentAddress, agentIdOf, agentStatusOf, agentText, uniqueAgents } from './agent-status.ts';
import { isObject, parseJson, textAt } from './json-values.ts';

/**
 * What `agent_control -l` prints (3.x, 4.x): JSON with `-j`, CSV with `-s`, else lines for people (wazuh.md section 8).
 * Ids, names, addresses and status words only: versions, systems and groups are not in it.
 * Null when the output is none of these, such as an error of the tool.
 */
export function parseAgentControl(output: string): readonly KnownAgent[] | null {
  const text = output.trim();
  const agents = text.startsWith('{') ? fromJson(text) : (fromText(text) ?? fromCsv(text));
  return agents && uniqueAgents(agents);
}

function fromJson(text: string): readonly KnownAgent[] | null {
  const parsed = parseJson(text) ?? parseJson(mended(text));
  if (!parsed || !isObject(parsed.value)) return null;
  const data = parsed.value['data'];
  if (!Array.isArray(data)) return null;
  return data.flatMap((item) =>
    isObject(item)
      ? agent(textAt(item, 'id'), textAt(item, 'name'), textAt(item, 'ip'), textAt(item, 'status'))
      : [],
  );
}

/** Output that was cut: the agents that came whole. */
function mended(text: string): string {
  return `${text.slice(0, text.lastIndexOf('}') + 1)}]}`;
}

/** A name has at most 128 characters; what is longer is no line of this tool, and costs patterns their time. */
const LONGEST_LINE = 1_024;

const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.length <= LONGEST_LINE);

/** `   ID: 001, Name: web-01, IP: any, Active`. The name may hold anything, so the last marks of a line count. */
const LINE = /^\s*ID: (\d+), Name: (.*), IP: ([^,]*), ([^,]+?)\s*$/;

function fromText(text: string): readonly KnownAgent[] | null {
  if (!text.includes('List of available agents')) return null;
  return linesOf(text).flatMap((line) => {
    const [, id, name, ip, status] = LINE.exec(line) ?? [];
    return agent(id ?? null, name ?? null, ip ?? null, status ?? null);
  });
}

/** `001,web-01,any,Active,` with the name between the first comma and the last three. */
const CSV_LINE = /^(\d+),(.*),([^,]*),([^,]+),\s*$/;

function fromCsv(text: string): readonly KnownAgent[] | null {
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  const matches = lines.map((line) => CSV_LINE.exec(line));
  if (!matches.some((match) => match !== null)) return null;
  return matches.flatMap((match) =>
    match ? agent(match[1] ?? null, match[2] ?? null, match[3] ?? null, match[4] ?? null) : [],
  );
}

function agent(
  id: string | null,
  name: string | null,
  ip: string | null,
  status: string | null,
): readonly KnownAgent[] {
  const agentId = agentIdOf(id);
  if (agentId === null) return [];
  return [
    {
      agentId,
      // The manager itself is marked in all forms but JSON.
      name: agentText(agentId === '000' ? (name ?? '').replace(/ \(server\)$/, '') : name) ?? agentId,
      ip: agentAddress(ip),
      status: agentStatusOf(status),
      version: null,
      osName: null,
      osPlatform: null,
      groups: [],
      lastKeepAlive: null,
      nodeName: null,
    },
  ];
}
