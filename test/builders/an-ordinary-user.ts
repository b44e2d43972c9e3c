import { userInfo } from 'node:os';
import { onTestFinished } from 'vitest';
import { accountsImpossible, aThrowAwayAccount } from './a-throw-away-account.ts';

/** The account without rights of its own that every Unix has. */
export const NOBODY = 65_534;

/** Whether root runs the tests, who may read and write everything. */
export const isRoot = userInfo().uid === 0;

/** Why there is nobody but root to sign in as; null when there is. */
export const ordinaryUserMissing: string | null = isRoot ? accountsImpossible : null;

/** An account that is not root, to sign in as: whoever runs the tests, or for root a new one that goes with the test. */
export function anOrdinaryUser(): string {
  if (!isRoot) return userInfo().username;
  const account = aThrowAwayAccount();
  onTestFinished(() => account.remove());
  return account.user;
}

/** Does some work without root's rights. They are the whole process's: nothing that needs them may run beside it. */
export async function withoutRootRights<T>(work: () => T | Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
