import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classes } from './classes.ts';
import styles from './text-button.module.css';

/** An action in a section's head, written like a link: "Check again now", "Show JSON". */
export function TextButton({
  children,
  ...rest
}: Omit<AriaButtonProps, 'className' | 'style' | 'children'> & { readonly children: ReactNode }) {
  return (
    <AriaButton {...rest} className={classes(styles.text)}>
      {children}
    </AriaButton>
  );
}
