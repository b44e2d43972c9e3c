import { useState } from 'react';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { useCommand } from '../app/use-command.ts';

interface BackUp {
  readonly run: () => void;
  readonly isRunning: boolean;
  readonly made: { readonly path: string; readonly sizeBytes: number } | null;
  readonly error: DomainError | null;
}

/** Copies the store, and remembers where the newest copy is for as long as the screen is open. */
export function useBackUp(): BackUp {
  const [made, setMade] = useState<BackUp['made']>(null);
  const backUp = useCommand((client) => client.settings.backUp());
  const run = async () => {
    setMade(null);
    setMade(await backUp.run());
  };
  return { run: () => void run(), isRunning: backUp.isRunning, made, error: backUp.error };
}
