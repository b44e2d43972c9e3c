import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { ContractClient } from '../../src-shared/ipc/index.ts';
import type { AppStatus } from '../../src-shared/ipc/status.ts';
import type { Backend } from './client.ts';
import type { ConnectionState } from './connection.ts';
import type { StatusFeed } from './status-feed.ts';

interface Reach extends Backend {
  readonly feed: StatusFeed;
}
const ReachContext = createContext<Reach | null>(null);

export function BackendProvider({
  reach,
  children,
}: {
  readonly reach: Reach;
  readonly children: ReactNode;
}) {
  return <ReachContext value={reach}>{children}</ReachContext>;
}

/** Every query, command and event of the contract. Its failures are DomainErrors. */
export function useClient(): ContractClient {
  return useReach().client;
}

export function useConnection(): ConnectionState & { readonly retryNow: () => void } {
  const { connection } = useReach();
  const state = useSyncExternalStore(connection.subscribe, connection.read);
  return { ...state, retryNow: connection.retryNow };
}

/** The newest status; null only until the first one arrives, and the screens are not shown before. */
export function useStatusOrNull(): AppStatus | null {
  const { feed } = useReach();
  return useSyncExternalStore(feed.subscribe, feed.read);
}

/** The newest status, sent whole at each change. `revision` tells when to ask again (`useQuery` does). */
export function useStatus(): AppStatus {
  const status = useStatusOrNull();
  if (!status) throw new Error('A screen was shown before the first status arrived.');
  return status;
}

function useReach(): Reach {
  const reach = useContext(ReachContext);
  if (!reach) throw new Error('This part of the window stands outside its BackendProvider.');
  return reach;
}
