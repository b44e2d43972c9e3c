import { useEffect, useMemo, useRef } from 'react';
import type { DetectionSort } from '../../src-shared/ipc/detections.ts';
import { useAppearance } from '../app/use-appearance.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Button } from '../ui/button.tsx';
import type { TableHandle, TableSort } from '../ui/table.tsx';
import { isTyping, useKeys } from '../ui/use-keys.ts';
import { useLastKey } from '../ui/use-last-key.ts';
import { ArrivalsButton } from '../ui/arrivals-button.tsx';
import styles from './detections-board.module.css';
import { DetectionDrawer, type DrawerHandle } from './drawer/detection-drawer.tsx';
import { DetectionFilterBar } from './detection-filter-bar.tsx';
import { DetectionTable } from './detection-table.tsx';
import { FilterChips } from './filter-chips.tsx';
import { KeysFoot } from './keys-foot.tsx';
import { ListEmpty, type MatchCounts } from './list-empty.tsx';
import { keyAction } from './triage-keys.ts';
import { useDetectionList } from './use-detection-list.ts';
import type { useListAddress } from './use-list-address.ts';
import { useSelection } from './use-selection.ts';
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
  const table = useRef<TableHandle>(null);
  const drawer = useRef<DrawerHandle>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (query) table.current?.scrollToTop();
  }, [query]);
  const selection = useSelection({ list, fileId, setFile, table, rowsPane });
  const triage = useTriage(list.feed);
  const lastKey = useLastKey();

  const handleKey = (event: KeyboardEvent) => {
    const action = singleKeys && !isTyping(event) ? keyAction(event) : null;
    if (!action) return;
    if (action.kind === 'step') take(event, () => selection.step(action.by));
    else if (fileId !== null) take(event, () => drawer.current?.act(action));
  };
  // A table selects the row that focus enters on; merely passing through with Tab is no wish to open one.
  const select = (chosen: number) => {
    if (fileId !== null || lastKey.current !== 'Tab') setFile(chosen);
  };
  const close = () => {
    selection.focusList();
    setFile(null);
  };
  useKeys(rowsPane, (event) => {
    if (event.key === 'Escape' && fileId !== null) take(event, close);
    else handleKey(event);
  });

  return (
    <div className={styles.split}>
      <div className={styles.list}>
        <DetectionFilterBar filter={filter} onChange={setFilter} />
        <FilterChips filter={filter} onChange={setFilter} />
        {list.error && (
          <div className={styles.notice}>
            <ErrorNotice
              error={list.error}
              actions={
                <Button size="small" icon="again" onPress={() => void list.feed.refresh()}>
                  Read the list again
                </Button>
              }
            />
          </div>
        )}
        <div className={styles.rows} ref={rowsPane}>
          <ArrivalsButton
            count={list.arrivals}
            onShow={() => {
              table.current?.scrollToTop();
              list.feed.setAtTop(true);
            }}
          />
          <DetectionTable
            list={list}
            selected={fileId}
            sort={sort}
            onSort={onSort}
            onSelect={select}
            onOpen={(opened) => (opened === fileId ? drawer.current?.focus() : setFile(opened))}
            ref={table}
            empty={<ListEmpty filter={filter} counts={counts} onFilter={setFilter} onCheck={onCheck} />}
          />
        </div>
        <KeysFoot isOn={singleKeys} />
      </div>
      {fileId !== null && (
        <DetectionDrawer
          fileId={fileId}
          known={selection.row}
          onRow={(row) => list.feed.patch(row)}
          triage={triage}
          onKey={handleKey}
          onClose={close}
          onStep={selection.canStep ? selection.step : null}
          ref={drawer}
        />
      )}
    </div>
  );
}

function sortOf(column: string): DetectionSort {
  return column === 'positives' ? 'positives' : 'activity';
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  act();
}
