/**
 * kesl-control as a program on disk, for hosts that tests reach over a real sshd:
 * `node kesl-program.ts STATE-FILE LOG-FILE ARGUMENTS…`. The machine lives in the state file; each call is logged.
 */
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KesMachine } from './kes-machine.ts';
import { runKeslControl } from './kesl-control.ts';

const [stateFile = '', logFile = '', ...argv] = process.argv.slice(2);
const machine: KesMachine = JSON.parse(readFileSync(stateFile, 'utf8'));
const locale = process.env['LC_ALL'] ?? process.env['LANG'] ?? '';
const { stdout, exitCode } = runKeslControl(machine, { argv, nowMs: Date.now(), locale });
appendFileSync(logFile, `${JSON.stringify(argv)}\n`);
writeFileSync(`${stateFile}.${process.pid}`, JSON.stringify(machine));
renameSync(`${stateFile}.${process.pid}`, stateFile);
// Written in one piece and to its end: a reader that went away ends this program, as it ends the real one.
process.stdout.write(stdout, () => process.exit(exitCode));
