import { useRef } from 'react';
import type { AgentListing, AgentRow } from '../../src-shared/ipc/agents.ts';
import { useAppearance } from '../app/use-appearance.ts';
import { letterOf, stepOf } from '../ui/letter-keys.ts';
import { ListBoard } from '../ui/list-board.tsx';
import type { TableHandle } from '../ui/table.tsx';
import { isTyping, takeKey } from '../ui/use-keys.ts';
import { useOpenRow } from '../ui/use-open-row.ts';
import { AgentDrawer } from './agent-drawer.tsx';
import { AgentFilterBar } from './agent-filter-bar.tsx';
import { AgentTable } from './agent-table.tsx';
import { agentKey } from './agent-words.ts';
import { AgentsEmpty } from './agents-empty.tsx';
import { AgentsFoot } from './agents-foot.tsx';
import { ListingNotes } from './listing-notes.tsx';
import { TickedBar } from './ticked-bar.tsx';
import type { AgentList } from './use-agent-list.ts';
import { useTicks } from './use-ticks.ts';
import type { useAgentsAddress } from './use-agents-address.ts';

interface BoardProps {
  readonly address: ReturnType<typeof useAgentsAddress>;
  readonly list: AgentList;
  readonly listings: readonly AgentListing[];
}

/** The list and, beside it, the drawer of the selected agent. */
export function AgentsBoard({ address, list, listings }: BoardProps) {
  const { filter, agent, setFilter, setAgent } = address;
  const { singleKeys } = useAppearance();
  const drawer = useRef<HTMLElement>(null);
  const ticks = useTicks();
  const rows = list.rows ?? [];
  const selected = agent && agentKey(agent);
  const table = useRef<TableHandle<string>>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  const opened = useOpenRow<AgentRow, string>({
    rows,
    idOf: agentKey,
    openId: selected,
    table,
    rowsPane,
    onOpen: setAgent,
    query: filter,
  });

  /** The row that is opened, else the one that has the focus. */
  const tickByKey = (event: KeyboardEvent) => {
    const focused = document.activeElement?.closest<HTMLElement>('[role="row"]')?.dataset['key'];
    const row = rows.find((candidate) => agentKey(candidate) === (focused ?? selected));
    if (row) takeKey(event, () => ticks.toggle(row));
  };
  const handleKey = (event: KeyboardEvent) => {
    if (!singleKeys || isTyping(event)) return;
    if (letterOf(event) === 'x') tickByKey(event);
    const by = stepOf(event);
    if (by !== null) takeKey(event, () => opened.step?.(by));
  };

  return (
    <ListBoard
      head={
        <>
          <AgentFilterBar filter={filter} onChange={setFilter} />
          <ListingNotes listings={listings} />
        </>
      }
      error={list.error}
      onReadAgain={list.reload}
      rowsPane={rowsPane}
      foot={
        <>
          <TickedBar ticks={ticks} matching={list.matching} filter={filter} />
          <AgentsFoot listings={listings} singleKeys={singleKeys} />
        </>
      }
      drawer={
        agent !== null && (
          <AgentDrawer
            id={agent}
            known={opened.row}
            onKey={handleKey}
            onClose={opened.close}
            onStep={opened.step}
            ref={drawer}
          />
        )
      }
      onClose={opened.close}
      onKey={handleKey}
    >
      <AgentTable
        list={list}
        isDrawerOpen={agent !== null}
        hasSeveralManagers={listings.length > 1}
        selected={selected}
        onSelect={opened.select}
        onOpen={(key) => (key === selected ? drawer.current?.focus() : opened.open(key))}
        ticked={ticks.keys}
        onTick={ticks.toggle}
        empty={<AgentsEmpty filter={filter} total={list.total} onFilter={setFilter} />}
        ref={table}
      />
    </ListBoard>
  );
}
