import { readdirSync, readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';

/** How many processes of this machine (Linux) have a text in their arguments. */
export function countProcesses(text: string): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && argumentsOf(name).includes(text)).length;
}

/** What the processes of this machine have in their environments, as far as they may be looked at. */
export function environments(): readonly string[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/environ`, 'latin1')] : [];
    } catch {
      return [];
    }
  });
}

/** The numbers of the children of one process that have a text in their arguments. */
export function childrenWith(parentPid: number, text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parentPid && argumentsOf(name).includes(text))
    .map(Number);
}

export function isRunning(pid: number): boolean {
  return argumentsOf(String(pid)) !== '';
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  } catch {
    return null;
  }
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** An argument for `sleep` that no other process has: about a quarter of an hour. */
export function uniqueSleep(): string {
  return `900.${randomInt(1e12)}`;
}
