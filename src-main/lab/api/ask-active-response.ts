import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { listReply, type ApiReply, type FailedItem } from './api-reply.ts';
import type { ApiCall, ApiWorld } from './api-world.ts';
import { readJson } from './read-body.ts';

const COMMAND = /^!?[\w.\\/:-]+$/;
/** Since 4.8 an unknown field is refused, `custom` among them (wazuh.md 7.5). */
const orderBody = z.strictObject({
  command: z.string().regex(COMMAND),
  arguments: z.array(z.string()).default([]),
  alert: z.record(z.string(), z.unknown()).default({}),
});

/** `PUT /active-response`: queued per agent, nothing is said about what became of it there. */
export function askActiveResponse(call: ApiCall, world: ApiWorld): ApiReply {
  const order = readJson(call, orderBody);
  const listed = call.query.get('agents_list');
  const agents = world.agents().filter(({ id }) => id !== '000');
  const asked = listed === null ? agents.map(({ id }) => id) : listed.split(',');
  const failed: FailedItem[] = [];
  const queued: string[] = [];
  for (const id of asked) {
    const refusal = refusalFor(id, order.command, world);
    if (refusal) failed.push({ error: refusal, id: [id] });
    else queued.push(id);
  }
  for (const agentId of queued) {
    world.onActiveResponse({
      agentId,
      command: order.command,
      arguments: order.arguments,
      alert: order.alert,
    });
  }
  return listReply(
    queued,
    {
      all: 'AR command was sent to all agents',
      some: 'AR command was not sent to some agents',
      none: 'AR command was not sent to any agent',
    },
    { failed: merged(failed) },
  );
}

function refusalFor(id: string, command: string, world: ApiWorld): FailedItem['error'] | null {
  const agent = world.agents().find((known) => known.id === id);
  if (!agent) {
    return {
      code: 1701,
      message: 'Agent does not exist',
      remediation: 'Please, use `GET /agents?select=id,name` to find all available agents',
    };
  }
  if (id === '000') return { code: 1703, message: 'Action not available for Manager (agent 000)' };
  if (!command.startsWith('!') && !declaredCommands(world.root).has(command)) {
    return { code: 1652, message: 'Command not available' };
  }
  if (agent.status !== 'active') {
    return {
      code: 1707,
      message: 'Cannot send request, agent is not active',
      remediation: 'Please, check non-active agents connection and try again.',
    };
  }
  if (world.refusesResponses(id)) {
    return {
      code: 1750,
      message: 'Could not send restart command, active-response is disabled in the agent',
      remediation: "You can activate it in agents' `WAZUH_HOME/etc/ossec.conf`",
    };
  }
  return null;
}

/** The names analysisd wrote into ar.conf. */
function declaredCommands(root: string): ReadonlySet<string> {
  const path = join(root, 'etc/shared/ar.conf');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return new Set(lines.map((line) => line.split(' ')[0] ?? ''));
}

/** One entry per reason, with all its agents. */
function merged(failed: readonly FailedItem[]): readonly FailedItem[] {
  const byCode = new Map<number, FailedItem>();
  for (const item of failed) {
    const known = byCode.get(item.error.code);
    byCode.set(item.error.code, known ? { ...known, id: [...known.id, ...item.id] } : item);
  }
  return [...byCode.values()];
}
