import type { ReactNode, RefObject } from 'react';
import type { WireError } from '../../src-shared/errors/domain-error.ts';
import { ArrivalsButton } from './arrivals-button.tsx';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import styles from './list-board.module.css';
import { takeKey, useKeys } from './use-keys.ts';

interface ListBoardProps {
  /** What narrows the list, and what is to be known of it, above the rows. */
  readonly head: ReactNode;
  readonly error: WireError | null;
  readonly onReadAgain: () => void;
  /** Rows that wait above the ones on screen. */
  readonly arrivals?: { readonly count: number; readonly onShow: () => void };
  readonly rowsPane: RefObject<HTMLDivElement | null>;
  /** The table, and what stands in for it while it has no rows. */
  readonly children: ReactNode;
  readonly foot: ReactNode;
  /** Of the row that is open; nothing while none is. */
  readonly drawer: ReactNode;
  /** Esc among the rows, while the drawer is there. */
  readonly onClose: () => void;
  /** Any other key pressed among the rows, before the table handles it. */
  readonly onKey: (event: KeyboardEvent) => void;
}

/** A list and, beside it, the drawer of the row that is open. */
export function ListBoard(props: ListBoardProps) {
  const { error, arrivals, rowsPane, drawer } = props;
  useKeys(rowsPane, (event) => {
    if (event.key === 'Escape' && drawer) takeKey(event, props.onClose);
    else props.onKey(event);
  });
  return (
    <div className={styles.split}>
      <div className={styles.list}>
        {props.head}
        {error && (
          <div className={styles.notice}>
            <ErrorNotice
              error={error}
              actions={
                <Button size="small" icon="again" onPress={props.onReadAgain}>
                  Read the list again
                </Button>
              }
            />
          </div>
        )}
        <div className={styles.rows} ref={rowsPane}>
          {arrivals && <ArrivalsButton {...arrivals} />}
          {props.children}
        </div>
        {props.foot}
      </div>
      {drawer}
    </div>
  );
}
