import { useCallback } from 'react';

const positions = new Map<string, number>();

/** For a pane with its own scroll: coming back to a screen finds it where it was left. `key` names the pane. */
export function useKeptScroll(key: string): (pane: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (pane: HTMLElement | null) => {
      if (!pane) return undefined;
      pane.scrollTop = positions.get(key) ?? 0;
      const keep = () => positions.set(key, pane.scrollTop);
      pane.addEventListener('scroll', keep, { passive: true });
      return () => pane.removeEventListener('scroll', keep);
    },
    [key],
  );
}
