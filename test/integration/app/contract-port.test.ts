import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoreHost } from '../../../src-main/app/core-host.ts';
import { startCore } from '../../../src-main/app/start-core.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { until } from '../../builders/until.ts';

let folder: string;
let core: CoreHost;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-core-'));
  core = await startCore({ dataFolder: join(folder, 'data'), face: 'browser', lab: null }, { cipher: null });
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

function clientOn(port: MessagePort): ContractClient {
  const client: ContractClient = createORPCClient(new RPCLink({ port }));
  port.start();
  return client;
}

describe('the contract over a port of the real core', () => {
  it('answers a query, and tells of changes until the listener leaves', async () => {
    const client = clientOn(core.connect());
    const alerts = join(folder, 'alerts.json');
    writeFileSync(alerts, `${aFimJsonLine(1)}\n`);
    expect((await client.status.get()).app.isFirstRun).toBe(true);
    const leaving = new AbortController();
    const statuses = await client.status.watch(undefined, { signal: leaving.signal });
    await client.sources.follow({ path: alerts, format: 'auto', archives: false });
    appendFileSync(alerts, `${aFimJsonLine(2)}\n`);
    for await (const status of statuses) if (status.queue.waitingEvents === 2) break;
    leaving.abort();
    const { ledger } = await client.overview.get({ days: 14 });
    expect(ledger).toMatchObject({ fimEvents: 2, states: { queued: 2 }, queuedFiles: 2 });
  });

  it('carries a failure with its code, what happened and what to do, and no stack', async () => {
    const client = clientOn(core.connect());
    const asking = client.detections.askHash({ hash: 'abc' });
    await expect(asking).rejects.toMatchObject({
      code: 'DOMAIN',
      data: { code: 'lookup.not-a-hash', message: 'This is not a file hash.', remedy: expect.any(String) },
    });
    await expect(asking).rejects.not.toHaveProperty('data.stack');
  });

  it('refuses an argument that does not fit before any handler sees it', async () => {
    const client = clientOn(core.connect());
    await expect(client.overview.get({ days: 100_000 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([
    'garbage',
    '{}',
    '[]',
    'null',
    '{"i":1}',
    '{"i":1,"p":{"u":7}}',
    '{"i":1,"p":{"u":"http://[::1"}}',
  ])('closes the connection of a window that sends %s, and goes on for the others', async (nonsense) => {
    const bad = core.connect();
    const closed = once(bad, 'close');
    bad.start();
    bad.postMessage(nonsense, []);
    await closed;
    const client = clientOn(core.connect());
    expect((await client.status.get()).app.isLab).toBe(false);
  });

  it('answers a call that does not exist with a failure', async () => {
    const port = core.connect();
    const answers: unknown[] = [];
    port.on('message', (message) => answers.push(message));
    port.postMessage(JSON.stringify({ i: '1', p: { u: '/no/such/call' } }));
    await until(() => expect(String(answers[0])).toContain('404'));
  });
});

it('a second core on the same folder is refused with who holds it', async () => {
  const second = startCore(
    { dataFolder: join(folder, 'data'), face: 'browser', lab: null },
    { cipher: null },
  );
  await expect(second).rejects.toMatchObject({
    code: 'store.held',
    message: expect.stringContaining('the browser window'),
  });
});

it('the lab and real data never share a folder', async () => {
  const dataFolder = join(folder, 'lab');
  const lab = await startCore({ dataFolder, face: 'browser', lab: { seed: 1, speed: 1 } }, { cipher: null });
  await lab.close();
  const real = startCore({ dataFolder, face: 'browser', lab: null }, { cipher: null });
  await expect(real).rejects.toMatchObject({ code: 'store.other-world' });
});
