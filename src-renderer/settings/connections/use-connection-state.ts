import type { ConnectionStatus } from '../../../src-shared/ipc/connections.ts';
import type { SourceStatus } from '../../../src-shared/ipc/status.ts';
import { useStatus } from '../../app/backend-context.tsx';
import { connectionWords, sourceOf, type ConnectionWords } from '../../app/connections/connection-words.ts';
import { useNow } from '../../ui/now.ts';

export interface ConnectionStateView {
  /** Null for the moment between saving and the first heartbeat that has it. */
  readonly status: ConnectionStatus | null;
  readonly source: SourceStatus | null;
  readonly words: ConnectionWords | null;
}

/** How a connection stands now, with the source it follows. */
export function useConnectionState(profileId: number): ConnectionStateView {
  const { connections, sources } = useStatus();
  const now = useNow('second');
  const status = connections.find(({ id }) => id === profileId) ?? null;
  if (status === null) return { status, source: null, words: null };
  const source = sourceOf(status, sources);
  return { status, source, words: connectionWords(status, source, now) };
}
