import { useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import { classes } from './classes.ts';
import styles from './drawer.module.css';
import { takeKey, useKeys } from './use-keys.ts';

interface DrawerProps {
  readonly label: string;
  /** Stays in place above the body. */
  readonly head: ReactNode;
  readonly children: ReactNode;
  /** The actions, the main one on the left. */
  readonly foot?: ReactNode;
  readonly onClose: () => void;
  /** Keys pressed inside, before anything in it handles them. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly ref?: Ref<HTMLElement>;
}

/**
 * One row's whole story beside its list: beside it from 1000 px, over it below. It is no dialog: the list stays in
 * reach. Esc closes it; whoever owns it returns focus to the row.
 */
export function Drawer({ label, head, children, foot, onClose, onKey, ref }: DrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => drawer.current);
  useKeys(drawer, (event) => {
    if (event.key === 'Escape') takeKey(event, onClose);
    else onKey?.(event);
  });
  return (
    <aside ref={drawer} tabIndex={-1} aria-label={label} className={classes(styles.drawer)}>
      <div className={styles.head}>{head}</div>
      <div className={styles.body}>{children}</div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </aside>
  );
}
