import { useId, type ReactNode } from 'react';
import { classes } from './classes.ts';
import field from './field.module.css';
import styles from './field-set.module.css';

interface FieldSetProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly error?: string | null;
  /** Below the error, too. */
  readonly help?: ReactNode;
}

/** Several controls under one label, with the error that is of all of them. */
export function FieldSet({ label, children, error = null, help }: FieldSetProps) {
  const errorId = useId();
  return (
    <fieldset className={field.field} aria-describedby={error === null ? undefined : errorId}>
      <legend className={classes(field.label, styles.legend)}>{label}</legend>
      {children}
      {error !== null && (
        <p id={errorId} className={field.error}>
          {error}
        </p>
      )}
      {help && <p className={field.help}>{help}</p>}
    </fieldset>
  );
}

/** Fields side by side where there is room. */
export function FieldPair({
  children,
  isSecondNarrow = false,
}: {
  readonly children: ReactNode;
  /** A port beside its host: always on one line. */
  readonly isSecondNarrow?: boolean;
}) {
  return <div className={isSecondNarrow ? styles.wideAndNarrow : styles.pair}>{children}</div>;
}
