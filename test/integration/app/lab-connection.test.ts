import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CoreHost } from '../../../src-main/app/core-host.ts';
import { startCore } from '../../../src-main/app/start-core.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 100 });

async function openLab(dataFolder: string): Promise<{ core: CoreHost; client: ContractClient }> {
  const lab = { seed: 7, speed: 1 };
  const core = await startCore({ dataFolder, face: 'browser', lab }, { cipher: null });
  const port = core.connect();
  const client: ContractClient = createORPCClient(new RPCLink({ port }));
  port.start();
  return { core, client };
}

test(
  'the lab is reached as production reaches a manager, and again after a restart on other ports',
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-lab-'));
    const lives: CoreHost[] = [];
    onTestFinished(async () => {
      for (const core of lives) await core.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const first = await openLab(join(folder, 'data'));
    lives.push(first.core);

    await until(async () => {
      const { connections, sources } = await first.client.status.get();
      expect(connections).toMatchObject([
        { name: 'lab-manager', host: { kind: 'ssh', state: 'connected' }, api: { state: 'connected' } },
      ]);
      expect(sources).toMatchObject([
        { profile: 'lab-manager', path: '/var/ossec/logs/alerts/alerts.json', state: 'following' },
      ]);
    });
    const { rows, total } = await first.client.agents.list({ filter: {} });
    expect(total).toBeGreaterThan(10);
    expect(rows[0]).toMatchObject({ profile: 'lab-manager', agentId: '000', source: 'api' });
    expect(rows.some(({ fimEvents, malicious }) => fimEvents > 0 && malicious >= 0)).toBe(true);
    const [detail] = await first.client.connections.list();
    const report = await first.client.connections.probe({ profileId: detail?.profile.id ?? 0 });
    expect(report.manager).toMatchObject({ prefix: '/var/ossec', account: { user: 'verdict' } });
    const { sources } = await first.client.status.get();
    await first.core.close();
    lives.length = 0;

    const second = await openLab(join(folder, 'data'));
    lives.push(second.core);

    await until(async () => {
      const status = await second.client.status.get();
      expect(status.connections).toMatchObject([
        { host: { state: 'connected' }, api: { state: 'connected' } },
      ]);
      expect(status.sources).toMatchObject([{ id: sources[0]?.id, state: 'following' }]);
    });
    expect((await second.client.connections.list())[0]?.hostKeys).toHaveLength(1);
  },
);

test(
  'an outcome of the lab is published and comes back as an alert of its manager',
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-lab-'));
    const { core, client } = await openLab(join(folder, 'data'));
    onTestFinished(async () => {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const [connection] = await client.connections.list();
    const profileId = connection?.profile.id ?? 0;
    await client.connections.setPublishing({ profileId, publishing: 'socket' });

    await until(async () => {
      const [detail] = await client.connections.list();
      expect(detail?.publications.seen).toBeGreaterThan(0);
    });

    const [detail] = await client.connections.list();
    expect(detail?.publications).toMatchObject({ failed: 0, error: null });
  },
);
