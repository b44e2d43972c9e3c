import { useMemo, useRef } from 'react';
import type { DetectionRow, DetectionSort } from '../../src-shared/ipc/detections.ts';
import { useAppearance } from '../app/use-appearance.ts';
import { ListBoard } from '../ui/list-board.tsx';
import type { TableHandle, TableSort } from '../ui/table.tsx';
import { isTyping, takeKey } from '../ui/use-keys.ts';
import { useOpenRow } from '../ui/use-open-row.ts';
import { DetectionDrawer, type DrawerHandle } from './drawer/detection-drawer.tsx';
import { DetectionFilterBar } from './detection-filter-bar.tsx';
import { DetectionTable } from './detection-table.tsx';
import { FilterChips } from './filter-chips.tsx';
import { KeysFoot } from './keys-foot.tsx';
import { ListEmpty, type MatchCounts } from './list-empty.tsx';
import { keyAction } from './triage-keys.ts';
import { useDetectionList } from './use-detection-list.ts';
import type { useListAddress } from './use-list-address.ts';
import { useTriage } from './use-triage.ts';

interface BoardProps {
  readonly address: ReturnType<typeof useListAddress>;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly counts: MatchCounts | null;
  readonly onCheck: () => void;
}

/** The list and, beside it, the drawer of the selected file; one set of keys works both. */
export function DetectionsBoard({ address, sort, onSort, counts, onCheck }: BoardProps) {
  const { filter, fileId, setFilter, setFile } = address;
  const { singleKeys } = useAppearance();
  const query = useMemo(
    () => ({ filter, sort: sortOf(sort.column), direction: sort.direction }),
    [filter, sort],
  );
  const list = useDetectionList(query);
  const drawer = useRef<DrawerHandle>(null);
  const table = useRef<TableHandle>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  const opened = useOpenRow<DetectionRow, number>({
    rows: list.rows,
    idOf: (row) => row.fileId,
    openId: fileId,
    table,
    rowsPane,
    onOpen: (row) => setFile(row && row.fileId),
    query,
    onNearEnd: () => void list.feed.loadMore(),
  });
  const triage = useTriage(list.feed);

  const handleKey = (event: KeyboardEvent) => {
    const action = singleKeys && !isTyping(event) ? keyAction(event) : null;
    if (!action) return;
    if (action.kind === 'step') takeKey(event, () => opened.step?.(action.by));
    else if (fileId !== null) takeKey(event, () => drawer.current?.act(action));
  };

  return (
    <ListBoard
      head={
        <>
          <DetectionFilterBar filter={filter} onChange={setFilter} />
          <FilterChips filter={filter} onChange={setFilter} />
        </>
      }
      error={list.error}
      onReadAgain={() => void list.feed.refresh()}
      arrivals={{
        count: list.arrivals,
        onShow: () => {
          opened.showTop();
          list.feed.setAtTop(true);
        },
      }}
      rowsPane={rowsPane}
      foot={<KeysFoot isOn={singleKeys} />}
      drawer={
        fileId !== null && (
          <DetectionDrawer
            fileId={fileId}
            known={opened.row}
            onRow={(row) => list.feed.patch(row)}
            triage={triage}
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
      <DetectionTable
        list={list}
        selected={fileId}
        sort={sort}
        onSort={onSort}
        onSelect={opened.select}
        onOpen={(id) => (id === fileId ? drawer.current?.focus() : opened.open(id))}
        empty={<ListEmpty filter={filter} counts={counts} onFilter={setFilter} onCheck={onCheck} />}
        ref={table}
      />
    </ListBoard>
  );
}

function sortOf(column: string): DetectionSort {
  return column === 'positives' ? 'positives' : 'activity';
}
