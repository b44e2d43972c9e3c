import { afterEach, expect, test } from 'vitest';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import { listAgents } from '../../../../src-main/manager/agents/list-agents.ts';
import type { RunRequest, RunResult } from '../../../../src-main/manager/host/manager-host.ts';
import { aListedAgent } from '../../../builders/a-listed-agent.ts';
import { Apis } from '../../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

/** A host whose only use is to run one program. */
function hostThatRuns(run: (request: RunRequest) => Partial<RunResult> | Error) {
  const asked: RunRequest[] = [];
  const host = {
    run: (request: RunRequest) => {
      asked.push(request);
      const outcome = run(request);
      if (outcome instanceof Error) return Promise.reject(outcome);
      const nothing = new Uint8Array();
      const result: RunResult = {
        exitCode: 0,
        signal: null,
        stdout: nothing,
        stderr: nothing,
        isCut: false,
        timedOut: false,
        ...outcome,
      };
      return Promise.resolve(result);
    },
  };
  return { host, asked };
}

const LISTED = Buffer.from('{"error":0,"data":[{"id":"000","name":"m","ip":"127.0.0.1","status":"Active"}]}');

test('the API lists everything it knows, page by page', async () => {
  const api = await apis.start();

  const listed = await listAgents({ api: apis.client(api), host: null });

  expect(listed).toMatchObject({ source: 'api', note: null });
  expect(listed.agents).toHaveLength(15);
  expect(listed.agents?.[0]).toMatchObject({ agentId: '000', lastKeepAlive: null, version: '4.14.7' });
  expect(listed.agents?.[1]).toMatchObject({
    agentId: '001',
    name: 'web-ams-1',
    status: 'active',
    osName: 'Debian GNU/Linux 12',
    groups: ['default', 'web'],
  });
  expect(listed.agents?.at(-1)).toMatchObject({
    name: 'laptop-07',
    status: 'never-connected',
    ip: null,
    version: null,
  });
});

test('a 3.x API lists them as well', async () => {
  const api = await apis.start({ version: '3.13.6', isTls: false });

  const listed = await listAgents({ api: apis.client(api), host: null });

  expect(listed.agents).toHaveLength(15);
  expect(listed.agents?.at(-1)).toMatchObject({ name: 'laptop-07', status: 'never-connected' });
});

test('without the permission the list comes from agent_control, and the note says why', async () => {
  const api = await apis.start();
  const { host, asked } = hostThatRuns(() => ({ stdout: LISTED }));

  const listed = await listAgents({
    api: apis.client(api, { user: 'newcomer' }),
    host,
    prefix: '/opt/wazuh',
  });

  expect(asked).toMatchObject([{ argv: ['/opt/wazuh/bin/agent_control', '-l', '-j'], asRoot: true }]);
  expect(listed).toMatchObject({ source: 'agent-control', agents: [{ agentId: '000', name: 'm' }] });
  expect(listed.note).toContain('agent:read on agent:id is missing');
  expect(listed.note).toContain('agent_control names no versions');
});

test('without API and without the right to run agent_control, the reasons are told', async () => {
  const refused = new DomainError(
    'manager.sudo-refused',
    'sudo does not let verdict run agent_control.',
    'Add a line.',
  );
  const { host } = hostThatRuns(() => refused);

  expect(await listAgents({ api: null, host })).toEqual({
    source: 'alerts',
    agents: null,
    note: 'The profile has no API. sudo does not let verdict run agent_control.',
  });
  expect(await listAgents({ api: null, host: null })).toMatchObject({ source: 'alerts', agents: null });
});

test('a tool that fails or never ends is told in its own words', async () => {
  const failing = hostThatRuns(() => ({ exitCode: 1, stderr: Buffer.from('agent_control: No such file') }));
  const endless = hostThatRuns(() => ({ exitCode: null, timedOut: true }));

  expect((await listAgents({ api: null, host: failing.host })).note).toContain(
    '(exit status 1: agent_control: No such file)',
  );
  expect((await listAgents({ api: null, host: endless.host })).note).toContain('did not finish in time');
});

test('a listing that is given up ends without falling back', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'silent' });
  const { host, asked } = hostThatRuns(() => ({ stdout: LISTED }));
  const giveUp = new AbortController();

  const listing = listAgents({ api: apis.client(api), host, signal: giveUp.signal });
  await expect.poll(() => api.control.requests().length).toBe(2);
  giveUp.abort();

  await expect(listing).rejects.toMatchObject({ code: 'api.cancelled' });
  expect(asked).toEqual([]);
});

test('50,000 agents with names of any kind are listed once each', async () => {
  const fleet = Array.from({ length: 50_000 }, (_, index) =>
    aListedAgent({
      id: String(index).padStart(3, '0'),
      name: `agent-${index}-\u202E"<b>`,
      ip: 'any',
      group: ['default'],
    }),
  );
  const api = await apis.start({ agents: () => fleet });
  const client = apis.client(api);
  await client.request({ method: 'GET', path: '/' });

  const listed = await listAgents({ api: client, host: null });

  expect(listed.agents).toHaveLength(50_000);
  expect(new Set(listed.agents?.map(({ agentId }) => agentId)).size).toBe(50_000);
  expect(api.control.requests().length).toBeLessThan(60);
});
