import { useMemo, useRef } from 'react';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { readScanPick, scansHref } from '../../app/routes.ts';
import { useAppearance } from '../../app/use-appearance.ts';
import { navigate, useRoute } from '../../app/use-route.ts';
import { countOf } from '../../ui/format.ts';
import { stepOf } from '../../ui/letter-keys.ts';
import { ListBoard } from '../../ui/list-board.tsx';
import type { TableHandle } from '../../ui/table.tsx';
import { isTyping, takeKey } from '../../ui/use-keys.ts';
import { useOpenRow } from '../../ui/use-open-row.ts';
import styles from './all-scans.module.css';
import { OrderBand } from './order-band.tsx';
import { ScanDrawer } from './scan-drawer.tsx';
import { addressOf, isNarrowed, NO_FILTER, readFilter, type HistoryFilter } from './scan-filter.ts';
import { ScanFilterBar } from './scan-filter-bar.tsx';
import { ScanTable } from './scan-table.tsx';
import { ScansEmpty } from './scans-empty.tsx';
import { useScanList } from './use-scan-list.ts';

/** Every scan that was ever asked for or seen, narrowed as the address says; one opens beside the list. */
export function AllScans() {
  const { filter, picked, setFilter, setPicked } = useHistoryAddress();
  const list = useScanList(filter);
  const { singleKeys } = useAppearance();
  const drawer = useRef<HTMLElement>(null);
  const table = useRef<TableHandle>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  const opened = useOpenRow<ScanRow, number>({
    rows: list.rows,
    idOf: ({ id }) => id,
    openId: picked,
    table,
    rowsPane,
    onOpen: (row) => setPicked(row && row.id),
    query: filter,
    onNearEnd: () => void list.feed.loadMore(),
  });
  const handleKey = (event: KeyboardEvent) => {
    const by = singleKeys && !isTyping(event) ? stepOf(event) : null;
    if (by !== null) takeKey(event, () => opened.step?.(by));
  };

  return (
    <ListBoard
      head={
        <>
          <ScanFilterBar filter={filter} onChange={setFilter} />
          {filter.order !== null && <OrderBand orderId={filter.order} />}
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
      foot={<div className={styles.foot}>{list.matching === null ? '' : countOf(list.matching, 'scan')}</div>}
      drawer={
        picked !== null && (
          <ScanDrawer
            scanId={picked}
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
      <ScanTable
        list={list}
        isDrawerOpen={picked !== null}
        selected={picked}
        onSelect={opened.select}
        onOpen={(id) => (id === picked ? drawer.current?.focus() : opened.open(id))}
        empty={
          <ScansEmpty
            isNarrowed={isNarrowed(filter)}
            text={filter.text}
            onClear={() => setFilter(NO_FILTER)}
          />
        }
        ref={table}
      />
    </ListBoard>
  );
}

/** The address is the state of this list. */
function useHistoryAddress() {
  const { params } = useRoute();
  const pick = readScanPick(params);
  const picked = pick?.kind === 'scan' ? pick.id : null;
  const narrowing = new URLSearchParams(params);
  narrowing.delete('scan');
  const search = narrowing.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(search)), [search]);
  return {
    filter,
    picked,
    setFilter: (next: HistoryFilter) => go(next, picked),
    setPicked: (next: number | null) => go(filter, next),
  };
}

function go(filter: HistoryFilter, scan: number | null): void {
  const pick = scan === null ? null : ({ kind: 'scan', id: scan } as const);
  navigate(scansHref({ ...addressOf(filter), pick }), { replace: true });
}
