import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';
import type { AgentPreflight, PlannedScan, ScanRequest } from '../../../src-shared/ipc/scans.ts';
import { useClient } from '../../app/backend-context.tsx';
import { asDomainError } from '../../app/failure.ts';

/** More agents than these are looked at only when a person asks for it. */
const BY_ITSELF = 10;
const REST_MS = 600;
/** The contract's limit for one call. */
const AT_ONCE = 200;

export interface Preflight {
  /** Of the agents and the kind as they stand now; null before anybody looked. */
  readonly looked: readonly AgentPreflight[] | null;
  readonly at: number | null;
  readonly isLooking: boolean;
  readonly error: WireError | null;
  /** Agents that can be looked at: those with SSH access. */
  readonly reachable: number;
  readonly look: () => void;
}

interface Found {
  readonly question: string;
  readonly looked: readonly AgentPreflight[];
  readonly at: number;
}

/** What is found on the agents before anything is sent to them; changes nothing there. */
export function usePreflight(request: ScanRequest | null, plan: readonly PlannedScan[]): Preflight {
  const client = useClient();
  const [found, setFound] = useState<Found | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [asked, setAsked] = useState({ question: '', times: 0 });
  const agents = useMemo(() => plan.filter(isReachable), [plan]);
  const question = JSON.stringify([
    agents.map(({ profile, agentId }) => [profile, agentId]),
    aboutOf(request),
  ]);
  const isByItself = agents.length > 0 && agents.length <= BY_ITSELF;
  // What a person asked for was about the agents of that moment.
  const times = asked.question === question ? asked.times : 0;
  const wanted = isByItself || times > 0 ? question : null;

  const look = useEffectEvent(async (about: string, signal: AbortSignal) => {
    if (!request || agents.length === 0) return;
    setLooking(true);
    setError(null);
    try {
      const looked: AgentPreflight[] = [];
      const { kind, path, action } = request;
      for (let from = 0; from < agents.length; from += AT_ONCE) {
        const part = agents.slice(from, from + AT_ONCE).map(({ profile, agentId }) => ({ profile, agentId }));
        looked.push(...(await client.scans.preflight({ agents: part, kind, path, action }, { signal })));
      }
      if (!signal.aborted) setFound({ question: about, looked, at: Date.now() });
    } catch (thrown) {
      if (!signal.aborted) setError(asDomainError(thrown));
    } finally {
      if (!signal.aborted) setLooking(false);
    }
  });

  useEffect(() => {
    if (wanted === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void look(wanted, stop.signal), times > 0 ? 0 : REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
      setLooking(false);
    };
  }, [wanted, times]);

  const isCurrent = found?.question === question;
  return {
    looked: isCurrent ? found.looked : null,
    at: isCurrent ? found.at : null,
    isLooking,
    error,
    reachable: agents.length,
    look: () => setAsked({ question, times: times + 1 }),
  };
}

/** Some way over SSH to the agent is open. */
function isReachable({ route, alternatives }: PlannedScan): boolean {
  return route === 'agent-ssh' || alternatives.some((way) => way.route === 'agent-ssh');
}

function aboutOf(request: ScanRequest | null) {
  return request && [request.kind, request.path, request.action];
}
