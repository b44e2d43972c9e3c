import type { ReactNode } from 'react';
import { ButtonRow } from './button-row.tsx';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Mark, type MarkName } from './mark.tsx';
import styles from './notice.module.css';

export type NoticeTone = 'error' | 'warning' | 'waiting' | 'alarm' | 'plain';

const MARKS: Record<Exclude<NoticeTone, 'plain'>, MarkName> = {
  error: 'failed',
  warning: 'suspicious',
  waiting: 'queued',
  alarm: 'malicious',
};

export interface NoticeProps {
  readonly tone: NoticeTone;
  /** What happened. */
  readonly title: string;
  /** What it means for the data, and what to do. */
  readonly children?: ReactNode;
  /** At most two. */
  readonly actions?: ReactNode;
  /** Instead of the mark of its tone. */
  readonly icon?: IconName;
  readonly mark?: MarkName;
  /** Spoken at once. For what just failed, not for what was so when the screen opened. */
  readonly isAlert?: boolean;
}

/** Stands beside what caused it: mark, what happened, what to do. */
export function Notice({ tone, title, children, actions, icon, mark, isAlert }: NoticeProps) {
  const shape = mark ?? (tone === 'plain' ? undefined : MARKS[tone]);
  return (
    <div
      className={classes(styles.notice, styles[tone])}
      role={isAlert ? 'alert' : 'group'}
      aria-label={title}
    >
      <span className={styles.sign}>
        {icon ? <Icon name={icon} /> : shape ? <Mark name={shape} /> : null}
      </span>
      <b className={styles.title}>{title}</b>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && (
        <div className={styles.actions}>
          <ButtonRow>{actions}</ButtonRow>
        </div>
      )}
    </div>
  );
}
