import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LabApi } from '../../../src-main/lab/api/lab-api.ts';
import { readAgentControl, readApiAnswer } from '../../../src-main/kes/desk/dispatcher.ts';
import { parseWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { AFleet, NO_ANSWER_DATA, printed } from '../../builders/a-fleet.ts';
import { aRequest } from '../../builders/a-fleet-request.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';
import { Apis } from '../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

/** One scan through the lab's API, to its end or to what is known of it. */
async function scanOver(api: LabApi, { agentId = '001', version = '4.14.7', user = 'wazuh' } = {}) {
  const client = apis.client(api, { user });
  const fleet = new AFleet(20, { version });
  fleet.answer = (request) => client.request(request);
  fleet.facts = { ...fleet.facts, version: parseWazuhVersion(version) };
  const at = aScanDesk({ fleet });
  await at.desk.launch(aRequest({ agents: [{ profile: 'prod', agentId }], route: 'api' }), true);
  const deadline = Date.now() + 10_000;
  const isSeen = () => at.evidence().some(({ what }) => what !== 'requested' && what !== 'sending');
  while (!isSeen() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return { ...at, last: at.evidence().at(-1), state: at.scan().state };
}

describe('what the API answers', () => {
  test('queued for the agent: accepted, and nothing more', async () => {
    const orders: unknown[] = [];
    const api = await apis.start({ onActiveResponse: (order) => orders.push(order) });
    const { last, state } = await scanOver(api);
    expect(last).toMatchObject({ what: 'accepted', source: 'manager-api' });
    expect(state).toBe('sent');
    expect(orders).toMatchObject([{ agentId: '001', command: '!kaspersky', arguments: ['--full_scan'] }]);
  });

  test.each([
    ['018', 1701, /does not exist/],
    ['013', 1707, /not active/],
  ])('agent %s is refused item by item (%i), under HTTP 200', async (agentId, code, words) => {
    const { last, state } = await scanOver(await apis.start(), { agentId });
    expect(last).toMatchObject({ what: 'refused', facts: { kind: 'code', code } });
    expect(last?.detail).toMatch(words);
    expect(state).toBe('refused');
  });

  test('a user without the permission is told which one is missing', async () => {
    const { last, state } = await scanOver(await apis.start(), { user: 'auditor' });
    expect(last).toMatchObject({ what: 'refused', facts: { kind: 'code', code: 4000 } });
    expect(last?.detail).toMatch(/active-response:command/);
    expect(state).toBe('refused');
  });

  test('daemons that are not ready refuse it before anything is done', async () => {
    const api = await apis.start();
    api.control.misbehave({ kind: 'server-error' }, { times: 1 });
    const { last } = await scanOver(api);
    expect(last).toMatchObject({ what: 'refused', facts: { kind: 'code', code: 1017 } });
  });

  test.each(['cut', 'broken-json'] as const)(
    'an answer that is %s leaves open whether it arrived',
    async (kind) => {
      const orders: unknown[] = [];
      const api = await apis.start({ onActiveResponse: (order) => orders.push(order) });
      api.control.misbehave({ kind }, { times: 1 });
      const { last, state } = await scanOver(api);
      expect(last).toMatchObject({ what: 'not-seen' });
      expect(last?.detail).toMatch(/may have been sent, and is not sent again/);
      expect(state).toBe('sent');
      expect(orders).toHaveLength(1);
    },
  );

  test('an API that is away was sent nothing', async () => {
    const api = await apis.start();
    await api.control.refuseConnections();
    const { last, state } = await scanOver(api);
    expect(last).toMatchObject({ what: 'failed' });
    expect(last?.detail).toMatch(/Nothing was sent/);
    expect(state).toBe('failed');
  });

  test('the API of 3.x answers with one sentence, or with its number', async () => {
    const api = await apis.start({ version: '3.13.6', isTls: false });
    const good = await scanOver(api, { version: '3.13.6' });
    expect(good.last).toMatchObject({ what: 'accepted' });
    const away = await scanOver(api, { version: '3.13.6', agentId: '013' });
    expect(away.last).toMatchObject({ what: 'refused', facts: { kind: 'code', code: 1651 } });
  });

  test('partly done: each agent finds itself where it stands', () => {
    const answer = {
      ...NO_ANSWER_DATA,
      items: ['001'],
      failed: [
        {
          code: 1707,
          message: 'Cannot send request, agent is not active',
          remediation: null,
          ids: ['002', '003'],
        },
        { code: 1750, message: 'Active response is disabled in the agent', remediation: null, ids: ['004'] },
      ],
    };
    expect(readApiAnswer(answer, '001').what).toBe('accepted');
    expect(readApiAnswer(answer, '003')).toMatchObject({ what: 'refused', facts: { code: 1707 } });
    expect(readApiAnswer(answer, '004')).toMatchObject({ what: 'refused', facts: { code: 1750 } });
    expect(readApiAnswer(answer, '005')).toMatchObject({ what: 'not-seen' });
  });
});

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** Each call with its exit status, from a file that holds several. */
function callsIn(text: string) {
  return text
    .split(/^exit status (\d+)$/m)
    .slice(0, -1)
    .reduce<{ text: string; exitCode: number }[]>(
      (calls, piece, at, pieces) =>
        at % 2 === 0
          ? [...calls, { text: piece.replace(/^\$.*$/m, ''), exitCode: Number(pieces[at + 1]) }]
          : calls,
      [],
    );
}

describe('what agent_control prints', () => {
  test('as captured from real managers', () => {
    for (const version of ['wazuh-3.13.6', 'wazuh-4.14.7']) {
      const calls = callsIn(readFileSync(join(FIXTURES, version, 'agent_control-b.txt'), 'utf8'));
      expect(calls.length).toBeGreaterThan(0);
      for (const { text, exitCode } of calls) {
        const seen = readAgentControl(printed(text, exitCode));
        expect(seen.what).toBe(exitCode === 0 ? 'accepted' : 'refused');
        expect(seen.facts).toEqual({ kind: 'code', code: exitCode });
        expect(seen.detail).toMatch(
          exitCode === 0 ? /says so for agents that are away, too/ : /does not exist|Invalid agent/,
        );
      }
    }
  });
});
