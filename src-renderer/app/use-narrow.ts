import { useSyncExternalStore } from 'react';

/** Under this width the navigation is a rail of icons (look.md section 2). */
const narrow = window.matchMedia('(max-width: 1180px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
