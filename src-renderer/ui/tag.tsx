import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './tag.module.css';

export type TagTone = 'malicious' | 'suspicious' | 'pending' | 'error' | 'clean' | 'plain';

/** A small label on a wash, 18 px high. */
export function Tag({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: TagTone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.tag, styles[tone])}>
      {icon && <Icon name={icon} size="tiny" />}
      {children}
    </span>
  );
}

/** The flip: malicious now, was not before. */
export function TurnedTag() {
  return (
    <Tag tone="malicious" icon="turned">
      turned
    </Tag>
  );
}
