import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withLock } from '../../../build/lock.mjs';

function aLock(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'cache/build.lock');
}

test('the second waits until the first is done', async () => {
  const lock = aLock();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = withLock(lock, async () => {
    order.push('first begins');
    await gate.promise;
    order.push('first ends');
  });
  const second = withLock(lock, async () => void order.push('second'));
  gate.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(existsSync(lock)).toBe(false);
});

test('a lock whose holder was killed is taken over', async () => {
  const lock = aLock();
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'pid'), '4194305'); // Above the largest process number there is.
  await expect(withLock(lock, async () => 'done')).resolves.toBe('done');
});

test('a failure inside releases the lock', async () => {
  const lock = aLock();
  await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(withLock(lock, async () => 'done')).resolves.toBe('done');
});
