import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { KeyCap } from './key-cap.tsx';
import styles from './button.module.css';

export interface ButtonLook {
  /** `primary`: one a pane. `plain`: no box until hovered. `danger`: red words. */
  readonly kind?: 'standard' | 'primary' | 'plain' | 'danger';
  readonly size?: 'standard' | 'small';
  readonly icon?: IconName;
}
export interface ButtonProps extends ButtonLook, Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** A verb. Without it the button is square and needs `aria-label`. */
  readonly children?: ReactNode;
  /** The key that does the same, shown as a cap. */
  readonly keyCap?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Busy (`isPending`) keeps its label and its place. */
export function Button({ kind, size, icon, keyCap, children, ...rest }: ButtonProps) {
  const look = { kind, size, isSquare: children === undefined };
  return (
    <AriaButton {...rest} className={buttonClasses(look)}>
      {icon && <Icon name={icon} />}
      {children}
      {keyCap && <KeyCap>{keyCap}</KeyCap>}
    </AriaButton>
  );
}

/** For links that look like buttons. */
export function buttonClasses(look: {
  readonly kind?: ButtonLook['kind'] | undefined;
  readonly size?: ButtonLook['size'] | undefined;
  readonly isSquare?: boolean;
}): string {
  const { kind = 'standard', size = 'standard', isSquare = false } = look;
  return classes(styles.button, styles[kind], size === 'small' && styles.small, isSquare && styles.square);
}
