import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import styles from './checkbox.module.css';
import { classes } from './classes.ts';

interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
  readonly isInvalid?: boolean;
  readonly isDisabled?: boolean;
}

/** A box to tick beside a sentence; the sentence is its label and may run over several lines. */
export function Checkbox({ isSelected, onChange, children, isInvalid, isDisabled }: CheckboxProps) {
  return (
    <CheckboxField
      isSelected={isSelected}
      onChange={onChange}
      isInvalid={isInvalid ?? false}
      isDisabled={isDisabled ?? false}
    >
      <CheckboxButton className={classes(styles.checkbox)}>
        <span className={styles.box} aria-hidden="true">
          <svg viewBox="0 0 14 14">
            <path d="m3.4 7.3 2.4 2.4 4.8-5.2" />
          </svg>
        </span>
        <span className={styles.text}>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}
