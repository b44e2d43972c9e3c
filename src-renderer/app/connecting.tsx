import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { futureTime } from '../ui/format-time.ts';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { useConnection } from './backend-context.tsx';
import { SKELETON_AFTER_MS } from './live-query.ts';
import { TitleArea } from './title-area.tsx';
import frame from './desk.module.css';
import styles from './connecting.module.css';

/** Before the first status: quiet at first, then what is waited for, then what to do. */
export function Connecting() {
  const connection = useConnection();
  const isSlow = useIsSlow();
  return (
    <div className={frame.bare}>
      <TitleArea />
      <main className={frame.sheet} data-ready>
        <div className={styles.middle}>
          <VisuallyHidden>
            <h1>Verdict Desk</h1>
          </VisuallyHidden>
          {connection.kind === 'lost' ? (
            <NotReached retryAt={connection.retryAt} retryNow={connection.retryNow} />
          ) : (
            isSlow && <p className={styles.words}>Opening the store</p>
          )}
        </div>
      </main>
    </div>
  );
}

function NotReached({
  retryAt,
  retryNow,
}: {
  readonly retryAt: number | null;
  readonly retryNow: () => void;
}) {
  const now = useNow('second');
  return (
    <Notice
      tone="error"
      title="Verdict Desk does not answer"
      isAlert
      actions={
        retryAt !== null && (
          <Button size="small" icon="again" onPress={retryNow}>
            Try now
          </Button>
        )
      }
    >
      If it was stopped, start it again and open the address that it prints; an old address has lost its
      permission.
      {retryAt !== null && <span aria-hidden="true"> Next try {futureTime(retryAt, now)}.</span>}
    </Notice>
  );
}

function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), SKELETON_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return isSlow;
}
