import { absoluteTime, evidenceTime, exactTime, futureTime, pastTime, type Instant } from './format-time.ts';
import { useNow } from './now.ts';

export interface TimeProps {
  readonly at: Instant;
  /** `past`: "11 min ago". `future`: "from 01:00". `evidence`: clock time, with the day when it is another one. `exact`: with seconds. */
  readonly form?: 'past' | 'future' | 'evidence' | 'exact';
}

/** A point in time: relative on screen, absolute on hover. */
export function Time({ at, form = 'past' }: TimeProps) {
  const now = useNow();
  const write = { past: pastTime, future: futureTime, evidence: evidenceTime, exact: exactTime }[form];
  return (
    <time dateTime={new Date(at).toJSON() ?? undefined} title={absoluteTime(at)}>
      {write(at, now)}
    </time>
  );
}
