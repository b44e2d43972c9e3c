import { useEffect } from 'react';
import type { DialogName } from './open-dialog.tsx';

/** Ctrl+K, or ⌘K on a Mac, from anywhere in the window. */
export function useGlobalKeys(openDialog: (name: DialogName) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
      if (!isChord || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      openDialog('palette');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [openDialog]);
}

/** The chord as this computer's keyboards name it. */
export const PALETTE_CHORD = /mac/i.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';
