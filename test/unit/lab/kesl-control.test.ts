import { describe, expect, test } from 'vitest';
import { createKesMachine } from '../../../src-main/lab/kes/kes-machine.ts';
import { runKeslControl } from '../../../src-main/lab/kes/kesl-control.ts';

const NOW_MS = Date.parse('2026-11-22T02:00:00Z');

function scan(holds: (path: string) => boolean, ...paths: readonly string[]) {
  const machine = createKesMachine({ nowMs: NOW_MS });
  const argv = ['--scan-file', ...paths, '--action', 'Skip'];
  return runKeslControl(machine, { argv, nowMs: NOW_MS, locale: 'C', holds });
}

describe('kesl-control --scan-file on a simulated machine', () => {
  test('passes over what is not there without a word', () => {
    const { stdout, exitCode } = scan(() => false, '/srv/none');
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^Scanned objects *: 0$/)]);
  });

  test('counts the files that are there, and all that lies in a folder', () => {
    expect(scan((path) => path === '/srv/a.exe', '/srv/a.exe', '/srv/b.exe').stdout).toMatch(
      /objects *: 1\n/,
    );
    expect(scan(() => true, '/srv/data').stdout).toMatch(/objects *: 23180\n/);
  });
});
