import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** Ends a process and all that came from it (Linux): sessions of sshd are in process groups of their own. */
export async function endProcesses(root: ChildProcess): Promise<void> {
  if (root.exitCode !== null || root.signalCode !== null || root.pid === undefined) return;
  const exited = once(root, 'exit');
  // Stopped first, so that it makes no new ones meanwhile.
  root.kill('SIGSTOP');
  const pids = descendants(root.pid);
  root.kill('SIGKILL');
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  await exited;
}

function descendants(pid: number): number[] {
  const children = Map.groupBy(runningProcesses(), (entry) => entry.parent);
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(pid);
}

function runningProcesses(): { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // `pid (name) state parent …`; the name may hold anything, closing brackets too.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent }];
      } catch {
        return [];
      }
    });
}
