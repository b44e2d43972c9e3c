import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type LabAddresses, readLabAddresses } from '../../src-main/lab/lab-addresses.ts';
import { askRunningFace } from '../../src-main/shell/browser/running-face.ts';

const cli = fileURLToPath(new URL('../../build/out/cli.js', import.meta.url));
const READY = 'Verdict Desk is ready at ';

export interface DeskOptions {
  /** Those of `serve`, such as `--lab`. */
  readonly arguments?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Runs before the first start, on the folder that the app is about to open. */
  readonly prepare?: (dataFolder: string) => void | Promise<void>;
}

/** The running app, as a person would have started it, with a data folder of its own. */
export class Desk {
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-ui-'));
  readonly #options: DeskOptions;
  #process: ChildProcess | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Starts the built app's browser face; after `kill`, on the same data folder and port. */
  async start(): Promise<void> {
    const { arguments: given = [], environment = {} } = this.#options;
    const child = spawn(process.execPath, [cli, 'serve', '--no-open', '--data', this.dataFolder, ...given], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#process = child;
    await ready(child);
  }

  /** A fresh address that opens one window. */
  async newAddress(): Promise<string> {
    const address = await askRunningFace(this.dataFolder);
    if (address === null) throw new Error('The app that was started does not answer any more.');
    return address;
  }

  /** The addresses of the built-in lab, for its levers. */
  get lab(): LabAddresses {
    const addresses = readLabAddresses(join(this.dataFolder, 'world'));
    if (addresses === null) throw new Error('The app was not started on the lab.');
    return addresses;
  }

  /** Ends it without a word, as a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends the app in order and removes its data. */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

export async function startDesk(options: DeskOptions): Promise<Desk> {
  const desk = new Desk(options);
  try {
    await options.prepare?.(desk.dataFolder);
    await desk.start();
    return desk;
  } catch (error) {
    await desk.close();
    throw error;
  }
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
