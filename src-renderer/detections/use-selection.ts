import { useEffect, useRef, type RefObject } from 'react';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import type { TableHandle } from '../ui/table.tsx';
import type { DetectionList } from './use-detection-list.ts';

interface SelectionOptions {
  readonly list: DetectionList;
  readonly fileId: number | null;
  readonly setFile: (fileId: number | null) => void;
  readonly table: RefObject<TableHandle | null>;
  readonly rowsPane: RefObject<HTMLElement | null>;
}

export interface Selection {
  /** The selected row, while the list holds it. */
  readonly row: DetectionRow | null;
  readonly canStep: boolean;
  readonly step: (by: 1 | -1) => void;
  /** Puts keyboard focus back on the selected row. */
  readonly focusList: () => void;
}

/** Rows ahead of the end at which the next page is asked for while stepping. */
const READ_AHEAD = 20;

/** Which row is selected and what comes before and after it, also when it has just left the list. */
export function useSelection({ list, fileId, setFile, table, rowsPane }: SelectionOptions): Selection {
  const rows = list.rows ?? [];
  const index = rows.findIndex((row) => row.fileId === fileId);
  // A file that was triaged away leaves its place to the next one: stepping goes on from there.
  const lastIndex = useRef(-1);
  useEffect(() => {
    if (index >= 0) lastIndex.current = index;
    else if (fileId === null) lastIndex.current = -1;
  }, [index, fileId]);

  const step = (by: 1 | -1) => {
    const gone = index < 0 && fileId !== null;
    const from = gone ? lastIndex.current - (by === 1 ? 1 : 0) : index;
    const next = Math.min(rows.length - 1, Math.max(0, from + by));
    const row = rows[next];
    if (!row) return;
    if (next >= rows.length - READ_AHEAD) void list.feed.loadMore();
    setFile(row.fileId);
    table.current?.scrollToRow(next);
    if (rowsPane.current?.contains(document.activeElement)) table.current?.focusRow(row.fileId);
  };
  const focusList = () => {
    if (fileId !== null && index >= 0) table.current?.focusRow(fileId);
    else if (rows[0]) table.current?.focusRow(rows[0].fileId);
  };
  return { row: rows[index] ?? null, canStep: rows.length > 0, step, focusList };
}
