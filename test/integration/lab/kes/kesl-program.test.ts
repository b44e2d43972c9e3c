import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = resolve(import.meta.dirname, '../../../../src-main/lab/kes/kesl-program.ts');

test('a call ends when its machine was taken away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-kesl-'));
  rmSync(folder, { recursive: true });
  const files = [join(folder, 'machine.json'), join(folder, 'calls')];
  const call = spawnSync(process.execPath, ['--no-warnings', PROGRAM, ...files, '--get-task-list'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(call).toMatchObject({ signal: null, status: 1, stderr: expect.stringContaining('ENOENT') });
});
