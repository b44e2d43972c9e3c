import { useMemo, type ReactNode, type Ref } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { STATE_MARKS, tookWords, wayWords } from '../../app/scans/scan-words.ts';
import { MISSING } from '../../ui/format.ts';
import { Path } from '../../ui/path.tsx';
import { EmptyRows } from '../../ui/table-cover.tsx';
import { Table, type TableColumn, type TableHandle } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { AgentCell, KindCell, SeenCell, SoftCell } from './scan-cells.tsx';
import type { ScanList } from './use-scan-list.ts';

interface ScanTableProps {
  readonly list: ScanList;
  readonly isDrawerOpen: boolean;
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  readonly onOpen: (id: number) => void;
  readonly empty: ReactNode;
  readonly ref: Ref<TableHandle>;
}

export function ScanTable({ ref, list, isDrawerOpen, empty, ...props }: ScanTableProps) {
  const columns = useMemo(
    () =>
      COLUMNS.map((column) =>
        isDrawerOpen && BESIDE_DRAWER.has(column.id) ? { ...column, neededWidth: 1200 } : column,
      ),
    [isDrawerOpen],
  );
  if (!list.rows) return null;
  return (
    <>
      <Table
        label="Scans"
        columns={columns}
        items={list.rows}
        idOf={idOf}
        textOf={textOf}
        selected={props.selected}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        hasMore={list.hasMore}
        isLoadingMore={list.isLoadingMore}
        onLoadMore={() => void list.feed.loadMore()}
        onTop={(isAtTop) => list.feed.setAtTop(isAtTop)}
        ref={ref}
      />
      {list.rows.length === 0 && !list.isOpening && <EmptyRows>{empty}</EmptyRows>}
    </>
  );
}

const idOf = ({ id }: ScanRow) => id;
const textOf = ({ agentName }: ScanRow) => visibleText(agentName);

/** Told in the drawer, too. */
const BESIDE_DRAWER = new Set(['route', 'who', 'path']);

const COLUMNS: readonly TableColumn<ScanRow>[] = [
  {
    id: 'asked',
    title: 'Asked',
    width: 112,
    cell: ({ askedAt }) => (
      <SoftCell>
        <Time at={askedAt} />
      </SoftCell>
    ),
  },
  {
    id: 'kind',
    title: 'Kind',
    width: 152,
    cell: ({ kind, isAutomatic }) => <KindCell kind={kind} isAutomatic={isAutomatic} />,
  },
  {
    id: 'agent',
    title: 'Agent',
    width: 148,
    isRowHeader: true,
    cell: ({ agentName }) => <AgentCell words={visibleText(agentName)} />,
  },
  {
    id: 'path',
    title: 'Path',
    width: 200,
    neededWidth: 1000,
    cell: ({ path }) => (path === null ? <SoftCell>{MISSING}</SoftCell> : <Path path={path} quiet />),
  },
  {
    id: 'seen',
    title: 'What was seen',
    cell: ({ state, summary }) => <SeenCell mark={STATE_MARKS[state]} words={visibleText(summary)} />,
  },
  {
    id: 'route',
    title: 'Route',
    width: 176,
    neededWidth: 1280,
    cell: ({ route, program }) => (
      <SoftCell>{route && program ? wayWords({ route, program }) : MISSING}</SoftCell>
    ),
  },
  {
    id: 'who',
    title: 'Asked by',
    width: 124,
    neededWidth: 860,
    cell: ({ askedBy }) => <SoftCell>{askedBy === null ? 'the manager' : visibleText(askedBy)}</SoftCell>,
  },
  {
    id: 'took',
    title: 'Took',
    width: 96,
    isNumber: true,
    neededWidth: 620,
    cell: (row) => <SoftCell>{tookWords(row)}</SoftCell>,
  },
];
