import { useEffect, useMemo, useRef } from 'react';
import { readScanPick, scansHref } from '../../app/routes.ts';
import { useAppearance } from '../../app/use-appearance.ts';
import { navigate, useRoute } from '../../app/use-route.ts';
import { ArrivalsButton } from '../../ui/arrivals-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf } from '../../ui/format.ts';
import type { TableHandle } from '../../ui/table.tsx';
import { isTyping, useKeys } from '../../ui/use-keys.ts';
import { useLastKey } from '../../ui/use-last-key.ts';
import styles from './all-scans.module.css';
import { OrderBand } from './order-band.tsx';
import { ScanDrawer } from './scan-drawer.tsx';
import { addressOf, isNarrowed, NO_FILTER, readFilter, type HistoryFilter } from './scan-filter.ts';
import { ScanFilterBar } from './scan-filter-bar.tsx';
import { ScanTable } from './scan-table.tsx';
import { ScansEmpty } from './scans-empty.tsx';
import { useScanList } from './use-scan-list.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1 };

/** Every scan that was ever asked for or seen, narrowed as the address says; one opens beside the list. */
export function AllScans() {
  const { filter, picked, setFilter, setPicked } = useHistoryAddress();
  const list = useScanList(filter);
  const { singleKeys } = useAppearance();
  const table = useRef<TableHandle>(null);
  const drawer = useRef<HTMLElement>(null);
  const rowsPane = useRef<HTMLDivElement>(null);
  const lastKey = useLastKey();
  useEffect(() => {
    if (filter) table.current?.scrollToTop();
  }, [filter]);

  const rows = list.rows ?? [];
  const index = rows.findIndex(({ id }) => id === picked);
  const step = (by: 1 | -1) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + by));
    const row = rows[next];
    if (!row) return;
    setPicked(row.id);
    table.current?.scrollToRow(next);
    if (rowsPane.current?.contains(document.activeElement)) table.current?.focusRow(row.id);
  };
  const close = () => {
    const row = rows[index] ?? rows[0];
    if (row) table.current?.focusRow(row.id);
    setPicked(null);
  };
  const handleKey = (event: KeyboardEvent) => {
    const by = singleKeys && !isTyping(event) ? STEPS[event.key] : undefined;
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    take(event, () => step(by));
  };
  useKeys(rowsPane, (event) => {
    if (event.key === 'Escape' && picked !== null) take(event, close);
    else handleKey(event);
  });

  return (
    <div className={styles.split}>
      <div className={styles.list}>
        <ScanFilterBar filter={filter} onChange={setFilter} />
        {filter.order !== null && <OrderBand orderId={filter.order} />}
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
          <ScanTable
            list={list}
            isDrawerOpen={picked !== null}
            selected={picked}
            // A table selects the row that focus enters on; merely passing through with Tab is no wish to open one.
            onSelect={(id) => (picked !== null || lastKey.current !== 'Tab') && setPicked(id)}
            onOpen={(id) => (id === picked ? drawer.current?.focus() : setPicked(id))}
            empty={
              <ScansEmpty
                isNarrowed={isNarrowed(filter)}
                text={filter.text}
                onClear={() => setFilter(NO_FILTER)}
              />
            }
            ref={table}
          />
        </div>
        <div className={styles.foot}>{list.matching === null ? '' : countOf(list.matching, 'scan')}</div>
      </div>
      {picked !== null && (
        <ScanDrawer
          scanId={picked}
          onKey={handleKey}
          onClose={close}
          onStep={rows.length > 0 ? step : null}
          ref={drawer}
        />
      )}
    </div>
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

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  act();
}
