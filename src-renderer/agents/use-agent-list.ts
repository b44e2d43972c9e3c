import { useState } from 'react';
import type { AgentRow } from '../../src-shared/ipc/agents.ts';
import type { ContractClient } from '../../src-shared/ipc/index.ts';
import { KeptRows } from '../app/kept-rows.ts';
import { useQuery } from '../app/use-query.ts';
import { agentKey } from './agent-words.ts';
import type { AgentListFilter } from './use-agents-address.ts';

const PAGE_ROWS = 1000;
/** An agent's figures change with every event; the list follows at a walk. */
const ASK_EVERY_MS = 2000;

export interface AgentList {
  /** Null until the first page is here. */
  readonly rows: readonly AgentRow[] | null;
  readonly matching: number;
  readonly total: number;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly isSlow: boolean;
  readonly error: ReturnType<typeof useQuery>['error'];
  readonly reload: () => void;
}

interface Pages {
  readonly rows: readonly AgentRow[];
  readonly matching: number;
  readonly total: number;
  readonly hasMore: boolean;
}

/** The agents that match, from the top as far as one has scrolled. */
export function useAgentList(filter: AgentListFilter): AgentList {
  const [scrolled, setScrolled] = useState({ filter, pages: 1 });
  const pages = scrolled.filter === filter ? scrolled.pages : 1;
  const [kept] = useState(() => new KeptRows<AgentRow>(agentKey));
  const query = useQuery(
    async (client, signal) => {
      const found = await readPages(client, filter, pages, signal);
      return { ...found, rows: kept.keep(found.rows) };
    },
    [filter, pages],
    { everyMs: ASK_EVERY_MS },
  );
  const { data } = query;
  return {
    rows: data?.rows ?? null,
    matching: data?.matching ?? 0,
    total: data?.total ?? 0,
    hasMore: data?.hasMore ?? false,
    isLoadingMore: query.isPrevious,
    loadMore: () => {
      if (!query.isPrevious) setScrolled({ filter, pages: pages + 1 });
    },
    isSlow: query.isSlow,
    error: query.error,
    reload: query.reload,
  };
}

async function readPages(
  client: ContractClient,
  filter: AgentListFilter,
  pages: number,
  signal: AbortSignal,
): Promise<Pages> {
  const asked = { ...filter, statuses: [...filter.statuses] };
  const rows: AgentRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    const found = await client.agents.list({ filter: asked, cursor, limit: PAGE_ROWS }, { signal });
    rows.push(...found.rows);
    cursor = found.nextCursor;
    if (cursor === null || page + 1 >= pages) {
      return { rows, matching: found.matching, total: found.total, hasMore: cursor !== null };
    }
  }
}
