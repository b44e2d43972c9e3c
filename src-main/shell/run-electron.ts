import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { appRoot } from './app-root.ts';
import { desktopArguments } from './desktop/desktop-arguments.ts';
import type { FaceOptions } from './face-options.ts';

/** After this the window is closed by force; it has written everything long before. */
const END_WITHIN_MS = 2500;

/**
 * Runs the desktop window as a child until it ends. Answers why, when it ended before its window was ready (a missing
 * system library, a sandbox the system does not allow): then the caller has another face.
 */
export async function runElectron(
  program: string,
  options: FaceOptions,
): Promise<'ended' | { readonly reason: string }> {
  const child = spawn(program, [appRoot, ...desktopArguments(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: withoutNodeMode(process.env),
  });
  let isReady = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    isReady ||= line.startsWith('Verdict Desk is ready');
    options.say(line);
  });
  const end = () => child.kill('SIGTERM');
  const force = () => child.kill('SIGKILL');
  const endInOrder = () => {
    end();
    setTimeout(force, END_WITHIN_MS).unref();
  };
  options.signal.addEventListener('abort', endInOrder, { once: true });
  process.once('exit', force);
  try {
    const code = await ended(child);
    // Ending with 0 unready: the window of this data folder is open already and was brought to the front.
    if (isReady || code === 0 || options.signal.aborted) return 'ended';
    return { reason: `Electron ended with ${code} before its window was ready` };
  } finally {
    options.signal.removeEventListener('abort', endInOrder);
    process.off('exit', force);
  }
}

function ended(child: ReturnType<typeof spawn>): Promise<number | string | null> {
  const { promise, resolve } = Promise.withResolvers<number | string | null>();
  child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  child.once('exit', (code, signal) => resolve(code ?? signal));
  return promise;
}

/** Inside some editors' terminals this variable makes Electron run as plain Node. */
function withoutNodeMode(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = environment;
  return rest;
}
