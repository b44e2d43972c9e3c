import { useEffect, useRef, useState } from 'react';
import { announce } from '../ui/announce.ts';
import { flipKey, flipsOf, flipTitle, flipWords, newFlips, type Flip } from './flips.ts';
import { useQuery } from './use-query.ts';

/** Asked on any screen, so seldom: a flip is news for minutes, not for milliseconds. */
const ASK_EVERY_MS = 3000;

/** Flips that came while the window is open and were not answered yet, newest first; and how to answer one. */
export function useArrivingFlips(): readonly [readonly Flip[], (flip: Flip) => void] {
  const { data } = useQuery((client) => client.overview.get({ days: 1 }), ['flips'], {
    everyMs: ASK_EVERY_MS,
  });
  const known = useRef<ReadonlySet<string> | null>(null);
  const [waiting, setWaiting] = useState<readonly Flip[]>([]);
  useEffect(() => {
    if (!data) return;
    const flips = flipsOf(data.attention);
    const arrived = newFlips(flips, known.current);
    known.current = new Set([...(known.current ?? []), ...flips.map(flipKey)]);
    if (arrived.length === 0) return;
    setWaiting((before) => [...arrived, ...before]);
    for (const flip of arrived) announce(`${flipTitle(flip)}. ${flipWords(flip)}`, 'assertive');
  }, [data]);
  return [waiting, (answered) => setWaiting((before) => before.filter((flip) => flip !== answered))];
}
