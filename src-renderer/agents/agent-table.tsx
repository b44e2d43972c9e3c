import { useMemo, type ReactNode, type Ref } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentRow } from '../../src-shared/ipc/agents.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Count } from '../ui/count.tsx';
import { MISSING } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { EmptyRows, RowBones } from '../ui/table-cover.tsx';
import { Table, type TableColumn, type TableHandle } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { Time } from '../ui/time.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { agentKey, STATUS_MARKS, STATUS_WORDS, systemWords } from './agent-words.ts';
import styles from './agent-table.module.css';
import type { AgentList } from './use-agent-list.ts';

interface AgentTableProps {
  readonly list: AgentList;
  readonly isDrawerOpen: boolean;
  readonly hasSeveralManagers: boolean;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (key: string) => void;
  readonly ticked: ReadonlySet<string>;
  /** Keeps its identity, so that the rows are not drawn anew. */
  readonly onTick: (row: AgentRow) => void;
  readonly empty: ReactNode;
  readonly ref: Ref<TableHandle<string>>;
}

/** The manager lists itself among its agents. */
const MANAGER_ID = '000';

export function AgentTable({ ref, list, isDrawerOpen, hasSeveralManagers, ...props }: AgentTableProps) {
  const { ticked, onTick } = props;
  const columns = useMemo(
    () => [
      tickColumn(ticked, onTick),
      ...COLUMNS.filter(({ id }) => id !== 'manager' || hasSeveralManagers).map(narrowed(isDrawerOpen)),
    ],
    [hasSeveralManagers, isDrawerOpen, ticked, onTick],
  );
  return (
    <>
      {list.rows && (
        <Table
          label="Agents"
          columns={columns}
          items={list.rows}
          idOf={agentKey}
          textOf={textOf}
          rowClass={rowClass}
          selected={props.selected}
          onSelect={props.onSelect}
          onOpen={props.onOpen}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onLoadMore={list.loadMore}
          ref={ref}
        />
      )}
      {list.rows?.length === 0 && <EmptyRows>{props.empty}</EmptyRows>}
      {!list.rows && list.isSlow && <RowBones label="Reading the agents from the store" />}
    </>
  );
}

const textOf = ({ name }: AgentRow) => visibleText(name);
const rowClass = ({ status }: AgentRow) => (status === 'active' ? undefined : styles.quiet);

function tickColumn(ticked: ReadonlySet<string>, onTick: (row: AgentRow) => void): TableColumn<AgentRow> {
  return {
    id: 'tick',
    title: 'Ticked',
    isTitleHidden: true,
    width: 50,
    cell: (row) => (
      <span className={styles.tick}>
        <Checkbox isSelected={ticked.has(agentKey(row))} onChange={() => onTick(row)}>
          <VisuallyHidden>Tick {visibleText(row.name)}</VisuallyHidden>
        </Checkbox>
      </span>
    ),
  };
}

/** `neededWidth` leaves the name its room: agents are told apart by it. The drawer has what does not fit. */
const COLUMNS: readonly TableColumn<AgentRow>[] = [
  {
    id: 'agent',
    title: 'Agent',
    isRowHeader: true,
    cell: ({ name, agentId }) => (
      <span className={styles.agent} title={`${visibleText(name)}, agent ${visibleText(agentId)}`}>
        <b className={styles.name}>{visibleText(name)}</b>
        <span className={styles.id}>{visibleText(agentId)}</span>
        {agentId === MANAGER_ID && <Tag>manager</Tag>}
      </span>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    width: 160,
    cell: ({ status }) => (
      <span className={styles.status}>
        <Mark name={STATUS_MARKS[status]} />
        {STATUS_WORDS[status]}
      </span>
    ),
  },
  {
    id: 'manager',
    title: 'Connection',
    width: 116,
    neededWidth: 1256,
    cell: ({ profile }) => <Cut text={visibleText(profile)} />,
  },
  {
    id: 'system',
    title: 'System',
    width: 136,
    neededWidth: 1016,
    cell: (row) => <Cut text={systemWords(row) || MISSING} />,
  },
  {
    id: 'version',
    title: 'Version',
    width: 80,
    neededWidth: 880,
    cell: ({ version }) => <Cut text={version === null ? MISSING : visibleText(version)} />,
  },
  {
    id: 'groups',
    title: 'Groups',
    width: 120,
    neededWidth: 1136,
    cell: ({ groups }) => <Cut text={visibleText(groups.join(', ')) || MISSING} />,
  },
  {
    id: 'keep-alive',
    title: 'Last keep-alive',
    width: 124,
    isNumber: true,
    neededWidth: 800,
    cell: ({ lastKeepAlive }) => (lastKeepAlive === null ? MISSING : <Time at={lastKeepAlive} />),
  },
  {
    id: 'events',
    title: 'FIM events',
    width: 96,
    isNumber: true,
    neededWidth: 690,
    cell: ({ fimEvents }) => <Count value={fimEvents} tone="soft" />,
  },
  {
    id: 'malicious',
    title: 'Malicious',
    width: 88,
    isNumber: true,
    cell: ({ malicious }) => <Count value={malicious} tone="malicious" />,
  },
  {
    id: 'suspicious',
    title: 'Suspicious',
    width: 104,
    isNumber: true,
    neededWidth: 590,
    cell: ({ suspicious }) => <Count value={suspicious} />,
  },
];

/** Beside the drawer, which tells them, the facts of the system give way first. */
function narrowed(isDrawerOpen: boolean) {
  const HIDDEN_BESIDE = new Set(['system', 'version', 'groups', 'manager']);
  return (column: TableColumn<AgentRow>): TableColumn<AgentRow> =>
    isDrawerOpen && HIDDEN_BESIDE.has(column.id) ? { ...column, neededWidth: 1200 } : column;
}

function Cut({ text }: { readonly text: string }) {
  return (
    <span className={styles.cut} title={text}>
      {text}
    </span>
  );
}
