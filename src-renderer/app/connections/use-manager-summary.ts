import { useStatus } from '../backend-context.tsx';
import { useQuery } from '../use-query.ts';

export interface ManagerSummary {
  /** `4.14.7`; null while nobody has looked. */
  readonly version: string | null;
  readonly agents: number | null;
}

/** Both change rarely. */
const ASK_EVERY_MS = 3000;

/** What the one manager is, for the head of the navigation; null with none or with several. */
export function useManagerSummary(): ManagerSummary | null {
  const { connections } = useStatus();
  const [only] = connections.length === 1 ? connections : [];
  const isOff = only === undefined;
  const profile = only?.name ?? null;
  const details = useQuery((client, signal) => client.connections.list(undefined, { signal }), ['summary'], {
    everyMs: ASK_EVERY_MS,
    isOff,
  });
  const agents = useQuery(
    (client, signal) => client.agents.list({ filter: { profile }, limit: 1 }, { signal }),
    ['summary', profile],
    { everyMs: ASK_EVERY_MS, isOff },
  );
  if (!only) return null;
  const detail = details.data?.find((candidate) => candidate.profile.id === only.id);
  return {
    version: detail?.capabilities?.manager.version ?? null,
    agents: agents.data?.matching ?? null,
  };
}
