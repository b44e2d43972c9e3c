import { useEffect } from 'react';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { clockTime, futureTime } from '../ui/format-time.ts';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import { useConnection, useStatus } from './backend-context.tsx';
import styles from './connection-notice.module.css';

/** Above the screen while nobody answers: what is on screen stays, and is told to be old. */
export function ConnectionNotice() {
  const connection = useConnection();
  const { app } = useStatus();
  const now = useNow('second');
  const isLost = connection.kind === 'lost';
  useEffect(() => {
    if (isLost) announce('The window lost its connection to Verdict Desk.', 'assertive');
  }, [isLost]);
  if (connection.kind !== 'lost') return null;
  const { since, retryAt, retryNow } = connection;
  return (
    <div className={styles.place}>
      <Notice
        tone="plain"
        mark="failed"
        title="The window lost its connection to Verdict Desk"
        actions={
          retryAt !== null && (
            <Button size="small" icon="again" onPress={retryNow}>
              Try now
            </Button>
          )
        }
      >
        What you see is from {clockTime(since)}. Reading alerts and looking up go on without the window; if
        Verdict Desk was stopped, start it again
        {app.face === 'browser' && ' and open the address that it prints'}.
        {retryAt !== null && <span aria-hidden="true"> Next try {futureTime(retryAt, now)}.</span>}
      </Notice>
    </div>
  );
}
