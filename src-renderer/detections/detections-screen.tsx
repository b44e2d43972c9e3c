import { useState } from 'react';
import { VIEWS, type View } from '../../src-shared/domain/triage.ts';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { PageHead } from '../ui/page-head.tsx';
import type { TableSort } from '../ui/table.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { CheckDialog } from './check-dialog.tsx';
import { DetectionsBoard } from './detections-board.tsx';
import { ExportMenu } from './export-menu.tsx';
import { isNarrowed, toContractFilter, withView } from './list-filter.ts';
import { useCheck } from './use-check.ts';
import { useListAddress } from './use-list-address.ts';
import { VIEW_NAMES } from './words.ts';

/** Every distinct file and where it stands: found, opened, triaged. */
export function DetectionsScreen() {
  const address = useListAddress();
  const { filter } = address;
  const [sort, setSort] = useState<TableSort>({ column: 'activity', direction: 'descending' });
  const check = useCheck();
  const counts = useQuery(
    (client, signal) => client.detections.counts(toContractFilter(filter, Date.now()), { signal }),
    [filter],
  );
  const views = counts.data?.views ?? null;
  const all = views?.everything ?? null;

  return (
    <>
      <PageHead
        title="Detections"
        fact={all === null ? undefined : countOf(all, 'file')}
        actions={
          <>
            <Button icon="search" onPress={check.open}>
              Check a file or hash
            </Button>
            <ExportMenu filter={filter} matching={counts.data ?? null} />
          </>
        }
      />
      <Tabs<View>
        label="Saved views"
        items={VIEWS.map((view) => ({
          id: view,
          label: VIEW_NAMES[view],
          count: views && formatNumber(views[view]),
          isEdited: view === filter.view && isNarrowed(filter),
        }))}
        selected={filter.view}
        onSelect={(view) => address.setFilter(withView(filter, view))}
      >
        <DetectionsBoard
          address={address}
          sort={sort}
          onSort={(next) => setSort(largestFirst(sort, next))}
          counts={counts.data ?? null}
          onCheck={check.open}
        />
      </Tabs>
      <CheckDialog
        isOpen={check.isOpen}
        hash={check.hash}
        onClose={check.close}
        onFound={(fileId) => {
          check.close();
          address.setFile(fileId);
        }}
      />
    </>
  );
}

/** A column sorted anew begins with what calls for a look: the newest, the most engines. */
function largestFirst(before: TableSort, next: TableSort): TableSort {
  return next.column === before.column ? next : { ...next, direction: 'descending' };
}
