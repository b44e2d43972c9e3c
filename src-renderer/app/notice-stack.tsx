import { Button } from '../ui/button.tsx';
import { NeedNotice } from './connections/need-notice.tsx';
import { useArrivingNeeds } from './connections/use-arriving-needs.ts';
import { FlipNotice } from './flip-notice.tsx';
import { flipKey } from './flips.ts';
import { FloatingNotice } from './floating-notice.tsx';
import type { Failure } from './report-failure.tsx';
import { ScanNotice } from './scans/scan-notice.tsx';
import { useArrivingScans } from './scans/use-arriving-scans.ts';
import { useArrivingFlips } from './use-arriving-flips.ts';
import styles from './notice-stack.module.css';

const FLIPS_AT_ONCE = 3;
const NEEDS_AT_ONCE = 3;
const SCANS_AT_ONCE = 3;

/**
 * Floats at the lower right until answered: what connections wait for, files that turned malicious, scans that ended
 * with detections or failed, and failures that have no other place.
 */
export function NoticeStack({
  failures,
  onDismiss,
}: {
  readonly failures: readonly Failure[];
  readonly onDismiss: (key: number) => void;
}) {
  const [flips, answer] = useArrivingFlips();
  const [needs, putOff] = useArrivingNeeds();
  const [scans, settle] = useArrivingScans();
  if (flips.length + failures.length + needs.length + scans.length === 0) return null;
  return (
    <section aria-label="Notifications">
      <ul className={styles.stack}>
        {failures.map(({ key, error }) => (
          <FloatingNotice
            key={key}
            mark="failed"
            title={error.message}
            words={error.remedy}
            actions={
              <Button size="small" onPress={() => onDismiss(key)}>
                Dismiss
              </Button>
            }
          />
        ))}
        {needs.slice(0, NEEDS_AT_ONCE).map((open) => (
          <NeedNotice key={open.key} open={open} onLater={() => putOff(open)} />
        ))}
        {scans.slice(0, SCANS_AT_ONCE).map((news) => (
          <ScanNotice key={news.key} news={news} onAnswered={() => settle(news)} />
        ))}
        {flips.slice(0, FLIPS_AT_ONCE).map((flip) => (
          <FlipNotice key={flipKey(flip)} flip={flip} onAnswered={() => answer(flip)} />
        ))}
      </ul>
    </section>
  );
}
