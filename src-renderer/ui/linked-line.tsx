import type { ReactNode } from 'react';
import { Link } from 'react-aria-components/Link';
import { classes } from './classes.ts';
import styles from './linked-line.module.css';
import { Mark, type MarkName } from './mark.tsx';
import { Time } from './time.tsx';

interface LinkedLineProps {
  readonly mark: MarkName;
  readonly href: string;
  /** The whole line for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  readonly at: string;
}

/** An item of a short list in a drawer: its mark, what leads to it, and when it was. */
export function LinkedLine({ mark, href, label, children, at }: LinkedLineProps) {
  return (
    <li className={styles.line}>
      <Mark name={mark} />
      <Link href={href} className={classes(styles.link)} aria-label={label}>
        {children}
      </Link>
      <span className={styles.when}>
        <Time at={at} />
      </span>
    </li>
  );
}
