import { createRouterClient } from '@orpc/server';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { composeCore } from '../../../src-main/app/compose.ts';
import type { LocalClient } from '../../../src-main/app/bind-contract.ts';
import type { ScanState } from '../../../src-shared/domain/scan.ts';

const until = (check: () => Promise<void>, timeout = 60_000) => vi.waitFor(check, { timeout, interval: 100 });
const RULES = { atOnce: 10, pauseSeconds: 0, canary: false, waitHours: 1 };

async function aLab(): Promise<LocalClient> {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-lab-'));
  const options = { dataFolder: join(folder, 'data'), face: 'browser', lab: { seed: 7, speed: 1 } } as const;
  const core = await composeCore(options, { cipher: null });
  onTestFinished(async () => {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return createRouterClient(core.handlers);
}

test(
  'over the contract: planned, looked at, launched through SSH and the API, seen by alerts, audited',
  { timeout: 180_000 },
  async () => {
    const client = await aLab();
    const agents = ['001', '007', '012', '013'].map((agentId) => ({ profile: 'lab-manager', agentId }));
    const stateOf = async (orderId: number) => {
      const { rows } = await client.scans.list({ filter: { orderId } });
      return new Map<string, ScanState>(rows.map(({ agentId, state }) => [agentId, state]));
    };
    await until(async () => {
      const plans = await client.scans.plan({ agents, kind: 'full', rules: RULES });
      expect(plans.map(({ route, refusal }) => route ?? refusal?.message)).toEqual([
        'agent-ssh',
        'api',
        'api',
        'api',
      ]);
    });
    const [look] = await client.scans.preflight({ agents: agents.slice(0, 1), kind: 'full', path: null });
    expect(look?.problem).toBeNull();

    const full = await client.scans.launch({ agents, kind: 'full', rules: RULES, acceptsHarm: true });
    const folder = await client.scans.launch({
      agents: agents.slice(0, 1),
      kind: 'folder',
      path: '/srv',
      action: 'skip',
      rules: RULES,
      acceptsHarm: false,
    });

    await until(async () => {
      const states = await stateOf(full.orderId);
      expect(states.get('001')).toBe('running');
      // Alerts 657 and 607, by the follower.
      expect(states.get('007')).toMatch(/^(launched|running)$/);
      expect(states.get('012')).toMatch(/^(launched|running)$/);
      expect(states.get('013')).toBe('waiting-for-agent');
    });
    await until(async () =>
      expect((await stateOf(folder.orderId)).get('001')).toMatch(/^finished-(clean|with-detections)$/),
    );
    expect((await client.status.get()).scans).toMatchObject({ waiting: 1, needsYou: 0 });
    expect((await client.agents.get({ profile: 'lab-manager', agentId: '001' }))?.agentId).toBe('001');
    const { entries, isWhole } = await client.scans.audit({ before: null, limit: 10 });
    expect(isWhole).toBe(true);
    expect(entries.map(({ deed }) => deed).toSorted()).toEqual(['scan folder', 'scan full']);
    const known = await client.scans.agentKes({ profile: 'lab-manager', agentId: '001' });
    expect(known.kinds.every(({ basis }) => basis !== 'none')).toBe(true);
  },
);

test(
  'our script on an agent of the lab makes results come back as alerts',
  { timeout: 180_000 },
  async () => {
    const client = await aLab();
    const key = { profile: 'lab-manager', agentId: '001' };
    await until(async () => {
      const [connection] = (await client.status.get()).connections;
      expect(connection?.host?.state).toBe('connected');
    });
    await until(() => client.scans.installScript(key));
    expect(await client.scans.agentKes(key)).toMatchObject({ script: 'installed' });
    const { orderId } = await client.scans.launch({
      agents: [key],
      kind: 'folder',
      path: '/srv',
      route: 'api',
      program: 'script',
      rules: RULES,
      acceptsHarm: true,
    });
    await until(async () => {
      const { rows } = await client.scans.list({ filter: { orderId } });
      expect(rows[0]?.state).toMatch(/^finished-(clean|with-detections)$/);
    });
    await client.scans.removeScript(key);
    expect(await client.scans.agentKes(key)).toMatchObject({ script: 'absent' });
  },
);
