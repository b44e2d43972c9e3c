import { useEffect, useRef } from 'react';
import type { AgentListing } from '../../src-shared/ipc/agents.ts';
import { useAppearance } from '../app/use-appearance.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { TableHandle } from '../ui/table.tsx';
import { isTyping, useKeys } from '../ui/use-keys.ts';
import { useLastKey } from '../ui/use-last-key.ts';
import { AgentDrawer } from './agent-drawer.tsx';
import { AgentFilterBar } from './agent-filter-bar.tsx';
import { AgentTable } from './agent-table.tsx';
import { agentKey } from './agent-words.ts';
import styles from './agents-board.module.css';
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
  const table = useRef<TableHandle<string>>(null);
  const drawer = useRef<HTMLElement>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  const lastKey = useLastKey();
  const ticks = useTicks();
  useEffect(() => {
    if (filter) table.current?.scrollToTop();
  }, [filter]);

  const rows = list.rows ?? [];
  const selected = agent && agentKey(agent);
  const index = rows.findIndex((row) => agentKey(row) === selected);
  const open = (key: string) => setAgent(rows.find((row) => agentKey(row) === key) ?? null);
  const step = (by: 1 | -1) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + by));
    const row = rows[next];
    if (!row) return;
    setAgent(row);
    table.current?.scrollToRow(next);
    if (rowsPane.current?.contains(document.activeElement)) table.current?.focusRow(agentKey(row));
  };
  const close = () => {
    const row = rows[index] ?? rows[0];
    if (row) table.current?.focusRow(agentKey(row));
    setAgent(null);
  };
  /** The row that is opened, else the one that has the focus. */
  const tickByKey = (event: KeyboardEvent) => {
    const focused = document.activeElement?.closest<HTMLElement>('[role="row"]')?.dataset['key'];
    const row = rows.find((candidate) => agentKey(candidate) === (focused ?? selected));
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    ticks.toggle(row);
  };
  const handleKey = (event: KeyboardEvent) => {
    const by = singleKeys && !isTyping(event) ? STEPS[event.key] : undefined;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (singleKeys && event.key === 'x' && !isTyping(event)) tickByKey(event);
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step(by);
  };
  useKeys(rowsPane, (event) => {
    if (event.key === 'Escape' && agent !== null) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else handleKey(event);
  });

  return (
    <div className={styles.split}>
      <div className={styles.list}>
        <AgentFilterBar filter={filter} onChange={setFilter} />
        <ListingNotes listings={listings} />
        {list.error && (
          <div className={styles.notice}>
            <ErrorNotice
              error={list.error}
              actions={
                <Button size="small" icon="again" onPress={list.reload}>
                  Read the list again
                </Button>
              }
            />
          </div>
        )}
        <div className={styles.rows} ref={rowsPane}>
          <AgentTable
            list={list}
            isDrawerOpen={agent !== null}
            hasSeveralManagers={listings.length > 1}
            selected={selected}
            // A table selects the row that focus enters on; merely passing through with Tab is no wish to open one.
            onSelect={(key) => (agent !== null || lastKey.current !== 'Tab') && open(key)}
            onOpen={(key) => (key === selected ? drawer.current?.focus() : open(key))}
            ticked={ticks.keys}
            onTick={ticks.toggle}
            empty={<AgentsEmpty filter={filter} total={list.total} onFilter={setFilter} />}
            ref={table}
          />
        </div>
        <TickedBar ticks={ticks} matching={list.matching} filter={filter} />
        <AgentsFoot listings={listings} singleKeys={singleKeys} />
      </div>
      {agent !== null && (
        <AgentDrawer
          id={agent}
          known={rows[index] ?? null}
          onKey={handleKey}
          onClose={close}
          onStep={rows.length > 0 ? step : null}
          ref={drawer}
        />
      )}
    </div>
  );
}

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1 };
