/**
 * kesl-control as a program on disk, for hosts that tests reach over a real sshd:
 * `node kesl-program.ts STATE-FILE LOG-FILE ARGUMENTS…`. The machine lives in the state file; each call is logged.
 */
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { KesMachine } from './kes-machine.ts';
import { runKeslControl } from './kesl-control.ts';

const LONGEST_CALL_MS = 2_000;
const [stateFile = '', logFile = '', ...argv] = process.argv.slice(2);
const { stdout, exitCode } = alone(() => {
  const machine: KesMachine = JSON.parse(readFileSync(stateFile, 'utf8'));
  const locale = process.env['LC_ALL'] ?? process.env['LANG'] ?? '';
  const answer = runKeslControl(machine, { argv, nowMs: Date.now(), locale });
  appendFileSync(logFile, `${JSON.stringify(argv)}\n`);
  writeFileSync(`${stateFile}.${process.pid}`, JSON.stringify(machine));
  renameSync(`${stateFile}.${process.pid}`, stateFile);
  return answer;
});
// Written in one piece and to its end: a reader that went away ends this program, as it ends the real one.
process.stdout.write(stdout, () => process.exit(exitCode));

/** Calls come side by side, and each may change the machine: one after another. */
function alone<Result>(work: () => Result): Result {
  const lock = `${stateFile}.lock`;
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    // Whoever was killed in the middle does not come back.
    if (ageOf(lock) > LONGEST_CALL_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function ageOf(lock: string): number {
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}
