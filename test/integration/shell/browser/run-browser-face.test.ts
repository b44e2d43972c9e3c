import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { CoreOptions } from '../../../../src-main/app/core-host.ts';
import { runBrowserFace } from '../../../../src-main/shell/browser/run-browser-face.ts';
import { askRunningFace } from '../../../../src-main/shell/browser/running-face.ts';
import { type SmallCore, startSmallCore } from '../small-core.ts';
import { aWindowFolder, temporaryFolder } from '../window-folder.ts';
import { until } from '../../../builders/until.ts';

interface Run {
  readonly lines: string[];
  readonly address: string;
  readonly core: SmallCore;
  readonly started: readonly CoreOptions[];
  readonly ended: Promise<void>;
  readonly end: () => void;
}

async function aRun(dataFolder: string, port: number | null = null): Promise<Run> {
  const lines: string[] = [];
  const started: CoreOptions[] = [];
  const core = startSmallCore();
  const controller = new AbortController();
  const ended = runBrowserFace(
    {
      dataFolder,
      lab: null,
      port,
      opensWindow: false,
      rendererFolder: aWindowFolder(),
      signal: controller.signal,
      say: (line) => lines.push(line),
    },
    async (options) => {
      started.push(options);
      return core;
    },
  );
  ended.catch(() => undefined);
  onTestFinished(async () => {
    controller.abort();
    await ended.catch(() => undefined);
  });
  const ready = await until(() => {
    const line = lines.find((text) => text.startsWith('Verdict Desk is ready at '));
    if (line === undefined) throw new Error(`Not ready: ${lines.join(' ')}`);
    return line;
  });
  return {
    lines,
    address: ready.slice('Verdict Desk is ready at '.length),
    core,
    started,
    ended,
    end: () => controller.abort(),
  };
}

test('the address it prints opens the window', async () => {
  const run = await aRun(temporaryFolder());
  const answer = await fetch(run.address, { redirect: 'manual' });
  expect(answer.status).toBe(303);
});

test('the signal ends it in order', async () => {
  const run = await aRun(temporaryFolder());
  run.end();
  await expect(run.ended).resolves.toBeUndefined();
  await expect(fetch(run.address)).rejects.toThrow('fetch failed');
});

test('a core that ends by itself ends the face with its reason', async () => {
  const run = await aRun(temporaryFolder());
  run.core.fail(new Error('The disk is full.'));
  await expect(run.ended).rejects.toThrow('The disk is full.');
});

test('a second start on the same data folder shows a fresh address of the first', async () => {
  const dataFolder = temporaryFolder();
  const first = await aRun(dataFolder);
  const second = await aRun(dataFolder);
  expect(second.started).toEqual([]);
  await second.ended;
  expect(new URL(second.address).host).toBe(new URL(first.address).host);
  expect(second.address).not.toBe(first.address);
  expect((await fetch(second.address, { redirect: 'manual' })).status).toBe(303);
});

test('only who can read the data folder is given an address', async () => {
  const dataFolder = temporaryFolder();
  const run = await aRun(dataFolder);
  expect(statSync(join(dataFolder, 'browser-face.json')).mode & 0o777).toBe(0o600);
  const { origin } = new URL(run.address);
  const guess = `Verdict-Desk ${'a'.repeat(22)} ${'b'.repeat(43)}`;
  for (const authorization of ['', 'Bearer guess', guess]) {
    const answer = await fetch(`${origin}/address`, { method: 'POST', headers: { authorization } });
    expect(answer.status).toBe(403);
  }
});

test('another program on the port of a killed run learns no key and cannot give an address', async () => {
  const dataFolder = temporaryFolder();
  const asked: IncomingMessage[] = [];
  const stranger = createHttpServer((request, response) => {
    asked.push(request);
    response.end(JSON.stringify({ address: 'file:///tmp/evil.desktop', proof: 'guess' }));
  });
  stranger.listen({ host: '127.0.0.1', port: 0 });
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  const { port } = z.object({ port: z.number() }).parse(stranger.address());
  const key = 'the-key-of-the-killed-run';
  writeFileSync(join(dataFolder, 'browser-face.json'), JSON.stringify({ port, key }));
  expect(await askRunningFace(dataFolder)).toBeNull();
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(asked[0]?.rawHeaders)).not.toContain(key);
});

test('after the end nobody answers for the data folder', async () => {
  const dataFolder = temporaryFolder();
  const run = await aRun(dataFolder);
  run.end();
  await run.ended;
  expect(await askRunningFace(dataFolder)).toBeNull();
});

test('the port of last time is taken again, unless another program has it by now', async () => {
  const dataFolder = temporaryFolder();
  const first = await aRun(dataFolder);
  const { port } = new URL(first.address);
  first.end();
  await first.ended;

  const second = await aRun(dataFolder);
  expect(new URL(second.address).port).toBe(port);
  second.end();
  await second.ended;

  const other = createServer().listen({ host: '127.0.0.1', port: Number(port) });
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const third = await aRun(dataFolder);
  expect(new URL(third.address).port).not.toBe(port);
});
