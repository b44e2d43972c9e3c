import { useMemo } from 'react';
import type { AgentStatus } from '../../src-shared/domain/agent.ts';
import { agentsHref } from '../app/routes.ts';
import { navigate, useRoute } from '../app/use-route.ts';
import { readStatuses } from './agent-words.ts';

/** How the list is narrowed. */
export interface AgentListFilter {
  readonly text: string;
  readonly statuses: readonly AgentStatus[];
  readonly group: string | null;
  readonly profile: string | null;
}

export interface AgentId {
  readonly profile: string;
  readonly agentId: string;
}

export const NO_FILTER: AgentListFilter = { text: '', statuses: [], group: null, profile: null };

interface AgentsAddressControl {
  readonly filter: AgentListFilter;
  /** Whose drawer is open. */
  readonly agent: AgentId | null;
  readonly setFilter: (filter: AgentListFilter) => void;
  readonly setAgent: (agent: AgentId | null) => void;
}

/** The address is the state of this screen. */
export function useAgentsAddress(): AgentsAddressControl {
  const { params } = useRoute();
  const text = params.get('text') ?? '';
  const status = params.get('status');
  const group = params.get('group');
  const profile = params.get('profile');
  const filter = useMemo(
    () => ({ text, statuses: readStatuses(status), group: group || null, profile: profile || null }),
    [text, status, group, profile],
  );
  const agent = readAgent(params.get('agent'));
  return {
    filter,
    agent,
    setFilter: (next) => go(next, agent),
    setAgent: (next) => go(filter, next),
  };
}

function go(filter: AgentListFilter, agent: AgentId | null): void {
  const { text, statuses, group, profile } = filter;
  const href = agentsHref({
    text,
    statuses,
    group: group ?? undefined,
    profile: profile ?? undefined,
    agent: agent ?? undefined,
  });
  navigate(href, { replace: true });
}

/** `mgr-fra-1/007`: a profile's name has no slash, an agent's id neither. */
function readAgent(text: string | null): AgentId | null {
  const cut = text?.lastIndexOf('/') ?? -1;
  if (!text || cut < 1 || cut === text.length - 1) return null;
  return { profile: text.slice(0, cut), agentId: text.slice(cut + 1) };
}

export function isNarrowed({ text, statuses, group, profile }: AgentListFilter): boolean {
  return text.trim() !== '' || statuses.length > 0 || group !== null || profile !== null;
}
