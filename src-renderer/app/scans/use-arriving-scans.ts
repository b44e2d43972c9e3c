import { useEffect, useRef, useState } from 'react';
import { announce } from '../../ui/announce.ts';
import { useQuery } from '../use-query.ts';
import { scanNews, statesOf, type ScanNews } from './scan-news.ts';

/** Asked on any screen, so seldom: the end of a scan is news for minutes. */
const ASK_EVERY_MS = 3000;
const NEWEST = 200;

/** Ends of scans that came while the window is open and were not answered yet; and how to answer one. */
export function useArrivingScans(): readonly [readonly ScanNews[], (news: ScanNews) => void] {
  const { data } = useQuery(
    (client, signal) => client.scans.list({ filter: {}, limit: NEWEST }, { signal }),
    ['scan news'],
    { everyMs: ASK_EVERY_MS },
  );
  const known = useRef<ReturnType<typeof statesOf> | null>(null);
  const [waiting, setWaiting] = useState<readonly ScanNews[]>([]);
  useEffect(() => {
    if (!data) return;
    const arrived = scanNews(data.rows, known.current, Date.now());
    known.current = new Map([...(known.current ?? []), ...statesOf(data.rows)]);
    for (const { title, words, urgency } of arrived) announce(`${title}. ${words}`, urgency);
    const shown = arrived.filter(({ isNotice }) => isNotice);
    if (shown.length > 0) setWaiting((before) => [...shown, ...before]);
  }, [data]);
  return [waiting, (answered) => setWaiting((before) => before.filter((news) => news !== answered))];
}
