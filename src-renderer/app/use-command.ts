import { useState } from 'react';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { ContractClient } from '../../src-shared/ipc/index.ts';
import { useClient } from './backend-context.tsx';
import { asDomainError } from './failure.ts';

export interface Command<Args extends readonly unknown[], Result> {
  /** Runs it; resolves with null when it failed, and `error` says why. */
  readonly run: (...args: Args) => Promise<Result | null>;
  readonly isRunning: boolean;
  readonly error: DomainError | null;
  readonly forget: () => void;
}

/** A command of the contract with its two states a button needs: under way, and failed. */
export function useCommand<Args extends readonly unknown[], Result>(
  command: (client: ContractClient, ...args: Args) => Promise<Result>,
): Command<Args, Result> {
  const client = useClient();
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<DomainError | null>(null);

  const run = async (...args: Args): Promise<Result | null> => {
    setRunning(true);
    setError(null);
    try {
      return await command(client, ...args);
    } catch (thrown) {
      setError(asDomainError(thrown));
      return null;
    } finally {
      setRunning(false);
    }
  };
  return { run, isRunning, error, forget: () => setError(null) };
}
