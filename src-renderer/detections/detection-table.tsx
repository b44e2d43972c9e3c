import { useEffect, useMemo, useState, type ReactNode, type Ref } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { SKELETON_AFTER_MS } from '../app/live-query.ts';
import { AgentName } from '../ui/agent-name.tsx';
import { EngineCount } from '../ui/engine-count.tsx';
import { Outcome } from '../ui/outcome.tsx';
import { Path } from '../ui/path.tsx';
import { fileName } from '../ui/split-path.ts';
import { EmptyRows, RowBones } from '../ui/table-cover.tsx';
import { Table, type TableColumn, type TableHandle, type TableSort } from '../ui/table.tsx';
import { TurnedTag } from '../ui/tag.tsx';
import styles from './detection-table.module.css';
import { JudgedTime } from './judged-time.tsx';
import type { DetectionList } from './use-detection-list.ts';
import { countsInWords, TRIAGE_WORDS } from './words.ts';

interface DetectionTableProps {
  readonly list: DetectionList;
  readonly selected: number | null;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly onSelect: (fileId: number) => void;
  readonly onOpen: (fileId: number) => void;
  readonly empty: ReactNode;
  readonly ref: Ref<TableHandle>;
}

export function DetectionTable({ ref, list, selected, ...props }: DetectionTableProps) {
  const isDrawerOpen = selected !== null;
  const columns = useMemo(() => columnsFor(isDrawerOpen), [isDrawerOpen]);
  const isSlow = useSlowness(list.isOpening);

  // The table stays under the bones: a focused row or head keeps its focus while another question is answered.
  return (
    <>
      {list.rows && (
        <Table
          label="Files"
          columns={columns}
          items={list.rows}
          idOf={idOf}
          textOf={textOf}
          rowClass={rowClass}
          selected={selected}
          onSelect={props.onSelect}
          onOpen={props.onOpen}
          sort={props.sort}
          onSort={props.onSort}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onLoadMore={() => void list.feed.loadMore()}
          onTop={(isAtTop) => list.feed.setAtTop(isAtTop)}
          ref={ref}
        />
      )}
      {list.rows?.length === 0 && !list.isOpening && <EmptyRows>{props.empty}</EmptyRows>}
      {isSlow && <RowBones label="Reading the list from the store" />}
    </>
  );
}

const idOf = ({ fileId }: DetectionRow) => fileId;
const textOf = ({ path }: DetectionRow) => visibleText(fileName(path));
const rowClass = (row: DetectionRow) => (isQuiet(row) ? styles.quiet : undefined);

/**
 * `neededWidth` leaves the file its room: it is what the list is about.
 * With the drawer open there is no room for the word "turned"; it stands in the drawer's head then.
 */
function columnsFor(isDrawerOpen: boolean): readonly TableColumn<DetectionRow>[] {
  return [
    {
      id: 'verdict',
      title: 'Verdict',
      width: isDrawerOpen ? 132 : 188,
      cell: (row) => (
        <span className={styles.verdict}>
          <Outcome standing={row.standing} />
          {row.turned && !isDrawerOpen && <TurnedTag />}
        </span>
      ),
    },
    {
      id: 'positives',
      title: 'Engines',
      width: 72,
      isNumber: true,
      isSortable: true,
      cell: (row) => (
        <span title={countsInWords(row) ?? undefined}>
          <EngineCount {...row} />
        </span>
      ),
    },
    {
      id: 'file',
      title: 'File',
      isRowHeader: true,
      cell: (row) => <Path path={row.path} quiet={isQuiet(row)} />,
    },
    {
      id: 'agent',
      title: 'Agent',
      width: isDrawerOpen ? 130 : 148,
      neededWidth: isDrawerOpen ? 690 : 740,
      cell: (row) => <AgentName name={row.agentName} count={row.agentCount} />,
    },
    {
      id: 'activity',
      title: 'Judged',
      width: isDrawerOpen ? 114 : 140,
      isNumber: true,
      isSortable: true,
      cell: (row) => <JudgedTime row={row} isShort={isDrawerOpen} />,
    },
    {
      id: 'triage',
      title: 'Triage',
      width: isDrawerOpen ? 124 : 136,
      neededWidth: isDrawerOpen ? 620 : 880,
      cell: (row) =>
        row.triage && (
          <span className={row.triage === 'new' ? styles.isNew : styles.soft}>
            {TRIAGE_WORDS[row.triage]}
          </span>
        ),
    },
  ];
}

/** Settled or on its way: nothing in the row calls for a look. */
function isQuiet({ standing }: DetectionRow): boolean {
  return standing === 'clean' || standing === 'no-records' || standing === 'queued';
}

/** True once something has lasted for so long that bones should stand in for it. */
function useSlowness(isWaiting: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setSlow(true), SKELETON_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isWaiting]);
  return isSlow;
}
