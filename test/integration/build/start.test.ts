import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const isBuilt = existsSync(join(root, 'build/out/cli.js'));
const unbuilt = 'the bundle is not built; `npm test` builds it';

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
}

function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dataFolder: string, ...args: string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    ['build/bootstrap.mjs', 'start', '--no-open', '--data', dataFolder, ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^Verdict Desk is ready at (\S+)$/.exec(line)?.[1];
    if (address !== undefined) return { child, address };
  }
  throw new Error('It ended before it was ready.');
}

test.for(['SIGTERM', 'SIGINT'] as const)(
  'npm start serves its address and ends in order on %s',
  async (signal, { skip }) => {
    skip(!isBuilt, unbuilt);
    const { child, address } = await start(aDataFolder());
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);

    const askedAt = performance.now();
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(3000);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  },
);

test('a second start shows a fresh address of the first and leaves', async ({ skip }) => {
  skip(!isBuilt, unbuilt);
  const dataFolder = aDataFolder();
  const first = await start(dataFolder);
  const second = await start(dataFolder);
  const [code] = second.child.exitCode === null ? await once(second.child, 'exit') : [second.child.exitCode];
  expect(code).toBe(0);
  expect(new URL(second.address).host).toBe(new URL(first.address).host);
});

test('the command’s exit code and streams pass through', async ({ skip }) => {
  skip(!isBuilt, unbuilt);
  const child = spawn(process.execPath, ['build/verdict-desk.mjs', '--no-such-option'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(await exit).toEqual([2, null]);
  expect(output).toBe('');
  expect(complaints).toContain('--no-such-option');
});

test('an unknown command of the bootstrap is named with those it knows', async () => {
  const child = spawn(process.execPath, ['build/bootstrap.mjs', 'dance'], { cwd: root });
  const exit = once(child, 'exit');
  expect(await text(child.stderr)).toBe(
    'Unknown command: dance. Known: start, test, check, bench, format, package.\n',
  );
  expect(await exit).toEqual([1, null]);
});
