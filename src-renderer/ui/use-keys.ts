import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Keys pressed while focus is inside an element. Listens natively, so that keys pressed in a menu or dialog opened from
 * there, which React would bubble through the component tree, do not count.
 */
export function useKeys(element: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const handle = useEffectEvent(onKey);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const listen = (event: KeyboardEvent) => handle(event);
    // Captured: the table's own search by letter must not see a key that was meant for us.
    target.addEventListener('keydown', listen, { capture: true });
    return () => target.removeEventListener('keydown', listen, { capture: true });
  }, [element]);
}

/** True where letters are text: single-letter keys keep out of there. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type))
  );
}

/** The key is ours: neither the table nor the window gets it. */
export function takeKey(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  act();
}
