import { useEffect, useRef, type RefObject } from 'react';

/** The key pressed last, anywhere in the window; empty once the pointer was used since. */
export function useLastKey(): RefObject<string> {
  const last = useRef('');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      last.current = event.key;
    };
    const onPointer = () => {
      last.current = '';
    };
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('pointerdown', onPointer, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('pointerdown', onPointer, { capture: true });
    };
  }, []);
  return last;
}
