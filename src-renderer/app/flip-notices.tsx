import { useEffect, useRef, useState } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { dayAndMonth } from '../ui/format-time.ts';
import { Mark } from '../ui/mark.tsx';
import { flipKey, flipsOf, newFlips, type Flip } from './flips.ts';
import { detectionsHref } from './routes.ts';
import { useQuery } from './use-query.ts';
import { navigate } from './use-route.ts';
import styles from './flip-notices.module.css';

/** Asked on any screen, so seldom: a flip is news for minutes, not for milliseconds. */
const ASK_EVERY_MS = 3000;
const SHOWN_AT_ONCE = 3;

/** Floats at the lower right until answered: a file that was harmless is malicious now. */
export function FlipNotices() {
  const [waiting, answer] = useArrivingFlips();
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Files that turned malicious">
      <ul className={styles.stack}>
        {waiting.slice(0, SHOWN_AT_ONCE).map((flip) => (
          <FlipNotice key={flipKey(flip)} flip={flip} onAnswered={() => answer(flip)} />
        ))}
      </ul>
    </section>
  );
}

function FlipNotice({ flip, onAnswered }: { readonly flip: Flip; readonly onAnswered: () => void }) {
  const review = () => {
    onAnswered();
    navigate(detectionsHref({ view: 'turned', file: flip.fileId }));
  };
  return (
    <li className={styles.notice}>
      <Mark name="malicious" big />
      <div className={styles.body}>
        <b className={styles.title}>{titleOf(flip)}</b>
        <p className={styles.words}>{wordsOf(flip)}</p>
        <div className={styles.actions}>
          <ButtonRow>
            <Button size="small" onPress={review}>
              Review
            </Button>
            <Button size="small" kind="plain" onPress={onAnswered}>
              Later
            </Button>
          </ButtonRow>
        </div>
      </div>
    </li>
  );
}

function useArrivingFlips(): readonly [readonly Flip[], (flip: Flip) => void] {
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
    for (const flip of arrived) announce(`${titleOf(flip)}. ${wordsOf(flip)}`, 'assertive');
  }, [data]);
  return [waiting, (answered) => setWaiting((before) => before.filter((flip) => flip !== answered))];
}

function titleOf(flip: Flip): string {
  return `${visibleText(flip.name)} turned malicious`;
}

function wordsOf({ positives, total, agents, firstSeenAt }: Flip): string {
  const engines = `${formatNumber(positives)} of ${countOf(total, 'engine')}`;
  return `${engines}. On ${countOf(agents, 'agent')} since ${dayAndMonth(firstSeenAt)}.`;
}
