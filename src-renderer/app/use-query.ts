import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import type { ContractClient } from '../../src-shared/ipc/index.ts';
import { useClient, useConnection, useStatusOrNull } from './backend-context.tsx';
import { CONNECTION_LOST } from './failure.ts';
import { LiveQuery, type QueryState } from './live-query.ts';

export interface Query<T> extends QueryState<T> {
  readonly reload: () => void;
}

/**
 * Asks, and asks again when `status.revision` moves or the connection comes back (at most every `everyMs`, 500 by
 * default). `deps` are what the question is made of, as plain data: when they change it is another question and is
 * asked at once. A lost connection is no error here; the frame says it.
 */
export function useQuery<T>(
  ask: (client: ContractClient, signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  options: { readonly everyMs?: number; readonly isOff?: boolean } = {},
): Query<T> {
  const client = useClient();
  const connection = useConnection();
  const session = connection.kind === 'open' ? connection.session : null;
  const revision = useStatusOrNull()?.revision;
  const [query] = useState(() => new LiveQuery<T>(options.everyMs ?? 500));
  const state = useSyncExternalStore(query.subscribe, query.read);
  const question = options.isOff ? null : JSON.stringify(deps);

  // `ask` is a new function at each draw; which question it asks is named by `deps`.
  const askNow = useEffectEvent((signal: AbortSignal) => ask(client, signal));
  useEffect(() => {
    if (question === null) return;
    query.put((signal) => askNow(signal));
    return () => query.close();
  }, [query, question]);

  // The first question is asked by the effect above; from then on each change asks again.
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (session === null || revision === undefined) return;
    const version = `${session} ${revision}`;
    if (seen.current !== null && seen.current !== version) query.refresh();
    seen.current = version;
  }, [query, revision, session]);

  const error = state.error?.code === CONNECTION_LOST ? null : state.error;
  return { ...state, error, reload: query.refresh };
}
