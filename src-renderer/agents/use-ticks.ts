import { useCallback, useState } from 'react';
import type { AgentRow } from '../../src-shared/ipc/agents.ts';
import { useClient } from '../app/backend-context.tsx';
import { useReportFailure } from '../app/report-failure.tsx';
import { gatherAgents } from '../app/scans/gather-agents.ts';
import type { ChosenAgent } from '../app/scans/launch-draft.ts';
import { agentKey } from './agent-words.ts';
import type { AgentListFilter } from './use-agents-address.ts';

export interface Ticks {
  readonly keys: ReadonlySet<string>;
  readonly agents: readonly ChosenAgent[];
  readonly toggle: (row: AgentRow) => void;
  /** Every agent that the filter matches, also those that were not scrolled to. */
  readonly tickAll: (filter: AgentListFilter) => Promise<void>;
  readonly clear: () => void;
}

interface Ticked {
  readonly byKey: ReadonlyMap<string, ChosenAgent>;
  readonly keys: ReadonlySet<string>;
}
const NONE: Ticked = { byKey: new Map(), keys: new Set() };

/** The agents that are ticked for a scan; they stay ticked while the list is filtered anew. */
export function useTicks(): Ticks {
  const client = useClient();
  const report = useReportFailure();
  const [ticked, setTicked] = useState(NONE);
  const toggle = useCallback((row: AgentRow) => setTicked((before) => toggled(before, row)), []);
  return {
    keys: ticked.keys,
    agents: [...ticked.byKey.values()],
    toggle,
    tickAll: async (filter) => {
      try {
        const found = await gatherAgents(client, { ...filter, statuses: [...filter.statuses] });
        setTicked((before) =>
          tickedOf([...before.byKey, ...found.map((agent) => [agentKey(agent), agent] as const)]),
        );
      } catch (error) {
        report(error);
      }
    },
    clear: () => setTicked(NONE),
  };
}

function toggled({ byKey }: Ticked, row: AgentRow): Ticked {
  const { profile, agentId, name } = row;
  const key = agentKey(row);
  if (byKey.has(key)) return tickedOf([...byKey].filter(([known]) => known !== key));
  return tickedOf([...byKey, [key, { profile, agentId, name }]]);
}

function tickedOf(entries: Iterable<readonly [string, ChosenAgent]>): Ticked {
  const byKey = new Map(entries);
  return { byKey, keys: new Set(byKey.keys()) };
}
