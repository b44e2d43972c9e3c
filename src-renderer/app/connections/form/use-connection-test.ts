import { useEffect, useRef, useState } from 'react';
import type { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import type { ConnectionCheck } from '../../../../src-shared/ipc/connections.ts';
import { announce } from '../../../ui/announce.ts';
import { useClient } from '../../backend-context.tsx';
import { asDomainError, isAbort } from '../../failure.ts';
import { acceptedInput, type Accepted } from './accepted.ts';
import type { DraftInput } from './draft-input.ts';

export interface ConnectionTest {
  /** Of the newest test; null before the first. */
  readonly checks: readonly ConnectionCheck[] | null;
  readonly isRunning: boolean;
  readonly error: DomainError | null;
  /** Resolves with whether everything that was asked for works; false when it was stopped. */
  readonly run: (profileId: number | null, input: DraftInput, accepted: Accepted) => Promise<boolean>;
  readonly stop: () => void;
}

/** Tries what the form says. Leaving the form stops the test, and with it the prompts it waits for. */
export function useConnectionTest(): ConnectionTest {
  const client = useClient();
  const running = useRef<AbortController | null>(null);
  const [checks, setChecks] = useState<readonly ConnectionCheck[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<DomainError | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run: ConnectionTest['run'] = async (profileId, { draft, secrets }, accepted) => {
    running.current?.abort();
    const turn = new AbortController();
    running.current = turn;
    setRunning(true);
    setError(null);
    try {
      const asked = {
        profileId,
        draft: writable(draft),
        secrets,
        accepted: acceptedInput(accepted, draft),
      };
      const found = await client.connections.test(asked, { signal: turn.signal });
      if (turn.signal.aborted) return false;
      setChecks(found);
      announce(resultWords(found), 'polite');
      return found.every(({ outcome }) => outcome === 'ok' || outcome === 'skipped');
    } catch (thrown) {
      if (running.current === turn && !isAbort(thrown)) setError(asDomainError(thrown));
      return false;
    } finally {
      if (running.current === turn) {
        running.current = null;
        setRunning(false);
      }
    }
  };
  return { checks, isRunning, error, run, stop: () => running.current?.abort() };
}

/** The contract's parser types its arrays as changeable. */
export function writable(draft: DraftInput['draft']) {
  const { ssh } = draft;
  return {
    ...draft,
    ssh: ssh && {
      ...ssh,
      methods: [...ssh.methods],
      jumps: ssh.jumps.map((jump) => ({ ...jump, methods: [...jump.methods] })),
    },
  };
}

function resultWords(checks: readonly ConnectionCheck[]): string {
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  if (failed) return `The test failed. ${failed.message}`;
  const asking = checks.find(({ outcome }) => outcome === 'needs-you');
  return asking ? `The test needs you. ${asking.message}` : 'The test found what it needs.';
}
