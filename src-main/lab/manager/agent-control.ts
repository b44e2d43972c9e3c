import { isRoot } from '../machine/accounts.ts';
import type { Invocation, Program } from '../machine/program.ts';
import type { ManagerFacts } from './wazuh-programs.ts';

const STATUS_WORDS = {
  active: 'Active',
  disconnected: 'Disconnected',
  never_connected: 'Never connected',
} as const;

/** What every other call prints. */
const USAGE = `
Wazuh agent_control: Control remote agents.
Available options:
\t-h                This help message.
\t-l                List available (active or not) agents.
\t-lc               List active agents only.
\t-ln               List disconnected agents only.
\t-i <id>           Extracts information from an agent.
\t-R -a             Restart all agents.
\t-R -u <id>        Restart the specified agent.
\t-r -a             Runs the integrity/rootkit checking on all agents now.
\t-r -u <id>        Runs the integrity/rootkit checking on one agent now.

\t-s                Changes the output to CSV (comma delimited).
\t-j                Changes the output to JSON .
Available options for active response:
\t-b <ip>           Blocks the specified ip address.
\t-f <ar> -a        Used with -b, specifies which response to run. Apply AR on all agents.
\t-f <ar> -u <id>   Used with -b, specifies which response to run. Apply AR on specified agent.
\t-L                List available active responses.
`;

/** `-l`, `-l -j`, `-i ID`, `-L` and `-b TEXT -f NAME -u ID|-a` (wazuh.md section 8; texts as captured from 4.14.7). */
export function agentControl(facts: ManagerFacts): Program {
  return async (call) => {
    const { argv, write } = call;
    const text = valueOf(argv, '-b');
    if (text !== null) return respond(call, facts, text);
    const asked = valueOf(argv, '-i');
    if (asked !== null) return tellAgent(call, facts, asked);
    const options = argv.slice(1).join('').replaceAll('-', '');
    if (options === 'L') return listResponses(call, facts);
    if (/^(?:l|lj|jl)$/.test(options)) return listAgents(call, facts, options.includes('j'));
    await write(USAGE);
    return 1;
  };
}

async function listAgents({ write }: Invocation, facts: ManagerFacts, isJson: boolean): Promise<number> {
  const agents = facts.agents().map((agent) => ({
    ...agent,
    words: agent.id === '000' ? 'Active/Local' : STATUS_WORDS[agent.status],
  }));
  if (isJson) {
    const data = agents.map(({ id, name, ip, words }) => ({
      id,
      name,
      ip,
      status: id === '000' ? 'Active' : words,
    }));
    await write(JSON.stringify({ error: 0, data }));
    return 0;
  }
  const lines = agents.map(({ id, name, ip, words }) => {
    const shown = id === '000' ? `${name} (server)` : name;
    return `   ID: ${id}, Name: ${shown}, IP: ${ip}, ${words}\n`;
  });
  await write(`\nWazuh agent_control. List of available agents:\n${lines.join('')}\n`);
  return 0;
}

/** With `-j` or for people; an agent that never connected has neither system nor version. */
async function tellAgent({ argv, write }: Invocation, facts: ManagerFacts, asked: string): Promise<number> {
  const isJson = argv.includes('-j');
  const agent = facts.agents().find(({ id }) => id === asked);
  if (!agent) {
    const refusal = `\n** Invalid agent id '${asked}'.\n${USAGE}`;
    await write(isJson ? JSON.stringify({ error: 40, message: 'Invalid agent id' }) : refusal);
    return isJson ? 0 : 1;
  }
  const { id, name, ip } = agent;
  const status = STATUS_WORDS[agent.status];
  const os = agent.os?.uname ?? 'Unknown';
  const version = agent.version ?? 'Unknown';
  const lastKeepAlive = `${agent.lastKeepAlive === null ? 'Unknown' : Date.parse(agent.lastKeepAlive) / 1000}`;
  if (isJson) {
    const data = { id, name, ip, status, os, version, lastKeepAlive };
    await write(JSON.stringify({ error: 0, data }));
    return 0;
  }
  await write(
    '\nWazuh agent_control. Agent information:' +
      `\n   Agent ID:   ${id}\n   Agent Name: ${name}\n   IP address: ${ip}\n   Status:     ${status}\n` +
      `\n   Operating system:    ${os}\n   Client version:      ${version}\n` +
      `   Last keep alive:     ${lastKeepAlive}\n\n`,
  );
  return 0;
}

/** The entries that restart agents are hidden. */
async function listResponses({ write }: Invocation, facts: ManagerFacts): Promise<number> {
  const lines = facts
    .responses()
    .filter(({ name }) => !name.startsWith('restart-'))
    .map(({ name, executable }) => `   Response name: ${name}, command: ${executable}\n`);
  await write(`\nWazuh agent_control. Available active responses:\n\n${lines.join('')}\n`);
  return 0;
}

/** Says that it runs and exits with 0 for agents that are away and for those that never came, too. */
async function respond(call: Invocation, facts: ManagerFacts, text: string): Promise<number> {
  const { argv, account, write, complain } = call;
  if (!isRoot(account)) {
    complain('agent_control: (1206): CRITICAL: Permission denied');
    return 1;
  }
  const given = valueOf(argv, '-u');
  const known = facts.agents().filter(({ id }) => id !== '000');
  const asked = argv.includes('-a') ? known : known.filter(({ id }) => id === given);
  if (asked.length === 0) {
    await write(`\n** Invalid agent id '${given ?? ''}'.\n${USAGE}`);
    return 1;
  }
  const command = valueOf(argv, '-f') ?? '';
  if (!facts.responses().some(({ name }) => name === command)) {
    await write('\n** Selected active response does not exist.\n');
    return 1;
  }
  for (const { id } of asked) facts.respond(id, command, text);
  await write(`\nWazuh agent_control: Running active response '${command}' on: ${given ?? 'all'}\n`);
  return 0;
}

function valueOf(argv: readonly string[], option: string): string | null {
  const place = argv.indexOf(option);
  return place === -1 ? null : (argv[place + 1] ?? null);
}
