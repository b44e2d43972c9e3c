import { spawn, type ChildProcess } from 'node:child_process';
import { followProgram, type StartedProgram } from './follow-program.ts';
import { hasCode } from './host-errors.ts';
import type { RunResult } from './manager-host.ts';
import type { EndProgram, EndSignal, ProgramSpec } from './program.ts';

/** As a shell answers for a program that is not there, or may not be started. */
const NOT_FOUND = 127;
const NOT_STARTABLE = 126;

/** As on a manager behind SSH: system folders only, messages in English. */
function environment(): NodeJS.ProcessEnv {
  const { HOME, USER, LOGNAME } = process.env;
  return { HOME, USER, LOGNAME, LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
}

/** Runs a program of this machine without a shell. Errors: `manager.cancelled`, those of `onOutput`. */
export function runHere(spec: ProgramSpec): Promise<RunResult> {
  const [program = '', ...words] = spec.argv;
  // The leader of a group of its own: what it starts can be ended with it.
  const child = spawn(program, words, { env: environment(), cwd: '/', detached: true });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(notStarted(program, error));
      else reject(error);
    });
    if (child.pid !== undefined) followProgram(startedHere(child, spec.end), spec).then(resolve, reject);
  });
}

function startedHere(
  child: ChildProcess & {
    readonly stdin: StartedProgram['stdin'];
    readonly stdout: StartedProgram['stdout'];
    readonly stderr: StartedProgram['stderr'];
  },
  end: EndProgram | undefined,
): StartedProgram {
  const { pid = 0, stdin, stdout, stderr } = child;
  return {
    stdin,
    stdout,
    stderr,
    takeOutput: (piece) => piece,
    takeErrors: (piece) => piece,
    onExit: (listener) =>
      child.once('exit', (code, signal) => listener(code, signal?.replace(/^SIG/, '') ?? null)),
    onClose: (listener) => child.once('close', listener),
    send: (signal) => {
      if (end) end(signal, pid);
      else sendToGroup(pid, signal);
    },
    letGo: () => {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
  };
}

function sendToGroup(pid: number, signal: EndSignal): void {
  try {
    process.kill(-pid, `SIG${signal}`);
  } catch (error) {
    if (!hasCode(error, 'ESRCH') && !hasCode(error, 'EPERM')) throw error;
  }
}

function notStarted(program: string, error: Error): RunResult {
  const isMissing = hasCode(error, 'ENOENT');
  const words = `${program}: ${isMissing ? 'not found' : error.message}\n`;
  return {
    exitCode: isMissing ? NOT_FOUND : NOT_STARTABLE,
    signal: null,
    stdout: new Uint8Array(0),
    stderr: Buffer.from(words),
    isCut: false,
    timedOut: false,
  };
}
