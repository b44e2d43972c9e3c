import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import styles from './checks.module.css';

export type CheckTone = 'forbids' | 'warns' | 'not-seen' | 'holds';

const MARKS: Readonly<Record<CheckTone, MarkName>> = {
  forbids: 'failed',
  warns: 'suspicious',
  'not-seen': 'waits',
  holds: 'clean',
};
/** A warning is told by its mark and ground; a screen reader is told in words. */
const TONES: Readonly<Record<CheckTone, string>> = {
  forbids: 'speaks against it',
  warns: 'warning',
  'not-seen': 'not seen',
  holds: 'holds',
};

interface CheckLineProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly tone?: CheckTone;
  /** Instead of a mark, for what is no finding. */
  readonly icon?: IconName;
}

/** One line of "Before it starts". */
export function CheckLine({ name, children, tone = 'holds', icon }: CheckLineProps) {
  const ground = {
    forbids: styles.forbids,
    warns: styles.warns,
    'not-seen': styles.unseen,
    holds: undefined,
  };
  return (
    <li
      className={classes(styles.check, !icon && ground[tone])}
      {...(icon ? {} : { 'aria-label': `${name}, ${TONES[tone]}` })}
    >
      {icon ? (
        <span className={styles.icon}>
          <Icon name={icon} />
        </span>
      ) : (
        <Mark name={MARKS[tone]} />
      )}
      <b className={styles.name}>{name}</b>
      <div className={styles.words}>{children}</div>
    </li>
  );
}
