import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, Text } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './switch.module.css';

interface SwitchProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
  /** What it does, below the label. */
  readonly help?: ReactNode;
  readonly isDisabled?: boolean;
}

/** On or off, at once; label on the left, track on the right. */
export function Switch({ isSelected, onChange, children, help, isDisabled }: SwitchProps) {
  return (
    <SwitchField
      className={classes(styles.field)}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled ?? false}
    >
      <SwitchButton className={classes(styles.switch)}>
        <span>{children}</span>
        <span className={styles.track} aria-hidden="true" />
      </SwitchButton>
      {help && (
        <Text slot="description" className={classes(styles.help)}>
          {help}
        </Text>
      )}
    </SwitchField>
  );
}
