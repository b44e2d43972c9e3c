/** What screen readers are told without anything on screen taking the focus. `LiveRegions` speaks it. */
export type Urgency = 'polite' | 'assertive';
type Listener = (text: string, urgency: Urgency) => void;

const listeners = new Set<Listener>();

/** Assertive for flips and failures, polite for what merely arrives. */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  for (const listener of listeners) listener(text, urgency);
}

export function onAnnounce(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
