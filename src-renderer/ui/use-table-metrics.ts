import { useMemo, useSyncExternalStore } from 'react';

/** What a virtual table has to know in pixels, since it places its cells by itself. */
export interface TableMetrics {
  readonly rowHeight: number;
  readonly headHeight: number;
  /** The user's text size against the usual 16 px: columns widen with it. */
  readonly scale: number;
  /** What a cell needs beyond the compact density's padding, both sides together. */
  readonly extraWidth: number;
}

const DEFAULT_FONT_PX = 16;
const HEAD_REM = 1.875;
const COMPACT_ROW_REM = 2;
const COMPACT_CELL_REM = 0.75;

/** Follows the density (`--row`, `--cell-x`) and the user's own text size. */
export function useTableMetrics(): TableMetrics {
  const read = useSyncExternalStore(subscribe, readStyle);
  return useMemo(() => {
    const [fontPx = DEFAULT_FONT_PX, rowRem = COMPACT_ROW_REM, cellRem = COMPACT_CELL_REM] = read
      .split(' ')
      .map(Number);
    return {
      rowHeight: Math.round(rowRem * fontPx),
      headHeight: Math.round(HEAD_REM * fontPx),
      scale: fontPx / DEFAULT_FONT_PX,
      extraWidth: Math.round(2 * (cellRem - COMPACT_CELL_REM) * fontPx),
    };
  }, [read]);
}

/** Three numbers as one text: the same measures are the same value. */
function readStyle(): string {
  const style = getComputedStyle(document.documentElement);
  const font = Number.parseFloat(style.fontSize) || DEFAULT_FONT_PX;
  const row = Number.parseFloat(style.getPropertyValue('--row')) || COMPACT_ROW_REM;
  const cell = Number.parseFloat(style.getPropertyValue('--cell-x')) || COMPACT_CELL_REM;
  return `${font} ${row} ${cell}`;
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-density', 'class', 'style'] });
  window.addEventListener('resize', onChange);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', onChange);
  };
}
