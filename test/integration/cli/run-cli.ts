import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../build/out/cli.js', import.meta.url));

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly data: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Standard input stays a pipe that the test writes to. */
  readonly keepsInputOpen?: boolean;
}

/** Starts the built command line as a person would; the key of the machine that runs the tests is never used. */
export function startCommand(args: readonly string[], options: CommandOptions): ChildProcess {
  const child = spawn(process.execPath, [cli, '--data', options.data, ...args], {
    env: { PATH: process.env['PATH'], HOME: options.data, NO_COLOR: '1', ...options.environment },
  });
  if (!options.keepsInputOpen) child.stdin.end(options.input ?? '');
  return child;
}

export async function runCommand(args: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const child = startCommand(args, options);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (!child.stdout || !child.stderr) throw new Error('The child has no pipes.');
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Runs it with `--json` and parses the one document on stdout. */
export async function runJson(args: readonly string[], options: CommandOptions): Promise<unknown> {
  const { code, stdout, stderr } = await runCommand([...args, '--json'], options);
  if (code !== 0) throw new Error(`It ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
