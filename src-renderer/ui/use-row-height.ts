import { useSyncExternalStore } from 'react';

/** Height of a table row in pixels: `--row` follows the density and the user's own text size. */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, readRowHeight);
}

const DEFAULT_ROW_REM = 2;

function readRowHeight(): number {
  const style = getComputedStyle(document.documentElement);
  const rem = Number.parseFloat(style.getPropertyValue('--row')) || DEFAULT_ROW_REM;
  return Math.round(rem * (Number.parseFloat(style.fontSize) || 16));
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
