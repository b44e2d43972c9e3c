import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

/**
 * Enter runs what is highlighted, else what stands first: an answer that has just arrived is not highlighted yet. React Aria's own Enter follows an id that lags up to 500 ms behind the arrow keys, so
 * down, up, Enter within that time would run the wrong entry.
 */
export function useEnterOnHighlighted(run: (id: string) => void): {
  readonly field: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
} {
  const field = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const onEnter = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const entry = (where: string) => list.current?.querySelector<HTMLElement>(where)?.dataset['key'];
    const wanted = entry('[data-focused]') ?? entry('[data-key][role="option"]');
    if (wanted !== undefined) run(wanted);
  });
  useEffect(() => {
    const element = field.current;
    const listener = (event: KeyboardEvent) => onEnter(event);
    element?.addEventListener('keydown', listener, { capture: true });
    return () => element?.removeEventListener('keydown', listener, { capture: true });
  }, []);
  return { field, list };
}
