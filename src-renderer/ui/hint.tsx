import type { ReactElement, ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { classes } from './classes.ts';
import styles from './hint.module.css';

/** A name on hover and focus, for what is drawn without words. */
export function Hint({
  text,
  placement = 'bottom',
  isDisabled = false,
  children,
}: {
  readonly text: ReactNode;
  readonly placement?: 'top' | 'bottom' | 'right';
  readonly isDisabled?: boolean;
  readonly children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={80} isDisabled={isDisabled}>
      {children}
      <Tooltip placement={placement} offset={6} className={classes(styles.hint)}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
