import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the foreground: our streams are its streams, our signals reach it, and its exit code is the answer
 * (128 + number when a signal ended it, as shells have it).
 */
export function runForeground(command, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env, cwd });
    const handlers = FORWARDED.map((signal) => [signal, () => forward(child, signal)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    const kill = () => child.kill('SIGKILL');
    process.on('exit', kill);
    const settle = () => {
      process.off('exit', kill);
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** A terminal's Ctrl-C goes to the whole group: the child has it already, and a second one would mean "at once". */
function forward(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
