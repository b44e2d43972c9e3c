import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { askRunningFace } from '../../src-main/shell/browser/running-face.ts';

const cli = fileURLToPath(new URL('../../build/out/cli.js', import.meta.url));
const READY = 'Verdict Desk is ready at ';

/** The running app, as a person would have started it, with a data folder of its own. */
export interface Desk {
  readonly dataFolder: string;
  /** A fresh address that opens one window. */
  readonly newAddress: () => Promise<string>;
  /** Ends the app in order and removes its data. */
  readonly close: () => Promise<void>;
}

/** Starts the built app's browser face. `args` are those of `serve`, such as `--lab`. */
export async function startDesk(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Desk> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-ui-'));
  const child = spawn(process.execPath, [cli, 'serve', '--no-open', '--data', dataFolder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  await ready(child);
  return {
    dataFolder,
    newAddress: async () => {
      const address = await askRunningFace(dataFolder);
      if (address === null) throw new Error('The app that was started does not answer any more.');
      return address;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const lines: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('exit', (code) => reject(new Error(`The app ended with ${code}:\n${lines.join('\n')}`)));
  child.once('error', reject);
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith(READY)) resolve();
    });
  }
  await promise;
}
