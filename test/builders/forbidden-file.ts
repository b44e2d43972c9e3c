import { chmodSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { onTestFinished } from 'vitest';

/**
 * Takes the right to read a file away from this process until the returned function is called. Root gives up its own
 * rights for the time, since no mode binds it.
 */
export function forbid(path: string): () => void {
  const { mode } = statSync(path);
  chmodSync(path, 0);
  const isRoot = userInfo().uid === 0;
  if (isRoot) process.seteuid?.(65_534);
  const allow = () => {
    if (isRoot) process.seteuid?.(0);
    chmodSync(path, mode);
  };
  onTestFinished(() => {
    if (isRoot) process.seteuid?.(0);
  });
  return allow;
}
