import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components/Link';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import styles from './link.module.css';

export interface LinkProps {
  /** A place in the window (`#/…`) or an address on the web, which opens outside. */
  readonly href: string;
  readonly size?: 'standard' | 'small';
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
}

/** Words that lead somewhere; those that leave the window carry the arrow that says so. */
export function Link({ href, size = 'standard', children, ...rest }: LinkProps) {
  const isOutside = href.startsWith('https:');
  const outside = isOutside ? ({ target: '_blank', rel: 'noreferrer' } as const) : {};
  return (
    <AriaLink
      {...rest}
      {...outside}
      href={href}
      className={classes(styles.link, size === 'small' && styles.small)}
    >
      {children}
      {isOutside && <Icon name="out" size="tiny" />}
    </AriaLink>
  );
}
