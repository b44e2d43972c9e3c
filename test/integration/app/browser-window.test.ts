import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import { startCore } from '../../../src-main/app/start-core.ts';
import { type BrowserFace, serve } from '../../../src-main/shell/browser/serve.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { aWindowSocket, dial, linkOver } from '../shell/browser/face.ts';
import { aWindowFolder, temporaryFolder } from '../shell/window-folder.ts';

/** The real core behind the real browser face, both closed with the test. */
async function aDesk() {
  const folder = temporaryFolder();
  const options = { dataFolder: join(folder, 'data'), face: 'browser', lab: null } as const;
  const core = await startCore(options, { cipher: null });
  const face = await serve({ core, port: 0, rendererFolder: aWindowFolder() });
  const close = async () => {
    await face.close();
    await core.close();
  };
  onTestFinished(close);
  return { folder, core, face, close };
}

async function aWindowOf(face: BrowserFace): Promise<{ client: ContractClient; socket: WebSocket }> {
  const socket = await aWindowSocket(face);
  return { socket, client: createORPCClient<ContractClient>(linkOver(socket)) };
}

test('a window gets a snapshot, then every change, over its socket', async () => {
  const { folder, face } = await aDesk();
  const { client } = await aWindowOf(face);
  const alerts = join(folder, 'alerts.json');
  writeFileSync(alerts, [1, 2, 3].map((number) => `${aFimJsonLine(number)}\n`).join(''));
  const { app } = await client.status.get();
  expect(app).toMatchObject({ face: 'browser', isLab: false, isFirstRun: true });
  const statuses = await client.status.watch();
  await client.sources.follow({ path: alerts, format: 'auto', archives: false });
  for await (const { queue } of statuses) if (queue.waitingEvents === 3) break;
  const { rows } = await client.detections.list({ filter: {} });
  expect(rows.map(({ path }) => path).toSorted()).toEqual(['/srv/files/1', '/srv/files/2', '/srv/files/3']);
});

test('a failure arrives typed, with what happened and what to do', async () => {
  const { face } = await aDesk();
  const { client } = await aWindowOf(face);
  const { error } = await safe(
    client.sources.follow({ path: 'logs/alerts.json', format: 'auto', archives: false }),
  );
  if (!isDefinedError(error)) throw new Error('The error lost its type on the way.');
  expect(error.data).toEqual({
    code: 'sources.relative-path',
    message: 'The path does not begin at the root.',
    remedy: 'Enter the whole path, such as /var/ossec/logs/alerts/alerts.json.',
  });
});

test('an argument that the contract does not allow reaches no handler', async () => {
  const { face } = await aDesk();
  const { client } = await aWindowOf(face);
  await expect(
    client.settings.setRecheck({ noRecordsHours: -1, cleanHours: 0, seenWithinDays: 1 }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await client.settings.get()).recheck.noRecordsHours).toBeGreaterThanOrEqual(0);
});

test('the largest piece of a dropped file that the contract allows passes whole', async () => {
  const { face } = await aDesk();
  const { client } = await aWindowOf(face);
  const line = Buffer.from(`${aFimJsonLine(7)}\n`);
  const piece = Buffer.alloc(1024 * 1024, ' '); // Blank lines are no alerts.
  line.copy(piece, piece.length - line.length);
  piece[piece.length - line.length - 1] = 0x0a;
  const { importId } = await client.sources.beginUpload({ name: 'alerts.json', sizeBytes: piece.length });
  await client.sources.appendUpload({ importId, base64: piece.toString('base64') });
  await client.sources.endUpload({ importId });
  for await (const { imports } of await client.status.watch()) {
    if (imports[0]?.state === 'running') continue;
    expect(imports[0]).toMatchObject({ state: 'done', bytesRead: piece.length });
    break;
  }
});

test('whoever has no session, or comes from another page, is refused before the core hears of it', async () => {
  const { face } = await aDesk();
  const own = `http://127.0.0.1:${face.port}`;
  await expect(dial(face, { origin: own })).resolves.toBe(401);
  await expect(dial(face, { origin: 'https://example.org', cookie: 'any=thing' })).resolves.toBe(403);
});

test('closing ends every window, and the data folder is free for the next start', async () => {
  const { folder, face, close } = await aDesk();
  const { socket } = await aWindowOf(face);
  const ended = once(socket, 'close');
  await close();
  await ended;
  expect(socket.readyState).toBe(socket.CLOSED);
  const options = { dataFolder: join(folder, 'data'), face: 'browser', lab: null } as const;
  const next = await startCore(options, { cipher: null });
  await expect(next.close()).resolves.toBeUndefined();
});
