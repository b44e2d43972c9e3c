import type { HTMLInputTypeAttribute, ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './field.module.css';
import hidden from './visually-hidden.module.css';

interface FieldProps {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Below the field, always. */
  readonly help?: ReactNode;
  /** Below the field, in its place, when set; marks the field invalid. */
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly isLabelHidden?: boolean;
  readonly isCode?: boolean;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
  /** In a dialog: the field one came for. */
  readonly startsFocused?: boolean;
  readonly maxLength?: number;
  readonly className?: string | undefined;
  /** What stands beside the input on the same line, usually a button. */
  readonly beside?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

interface SingleLineProps extends FieldProps {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number;
}

/** One line of text with its label, help and error. */
export function Field(props: SingleLineProps) {
  return (
    <FieldFrame {...props} type={props.type ?? 'text'} autoComplete={props.autoComplete ?? 'off'}>
      <span className={styles.line}>
        <Input
          className={classes(styles.input, props.isCode && styles.code)}
          placeholder={props.placeholder ?? ''}
          spellCheck={false}
          min={props.min}
          max={props.max}
          step={props.step}
          {...(props.inputRef ? { ref: props.inputRef } : {})}
        />
        {props.beside}
      </span>
    </FieldFrame>
  );
}

/** A secret: never shown, never remembered by the browser. */
export function PasswordField(props: FieldProps) {
  return <Field {...props} type="password" autoComplete="off" isCode />;
}

interface TextAreaFieldProps extends FieldProps {
  readonly rows?: number;
  readonly onBlur?: () => void;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines. */
export function TextAreaField({ rows, areaRef, onBlur, ...props }: TextAreaFieldProps) {
  return (
    <FieldFrame {...props} {...(onBlur ? { onBlur } : {})}>
      <TextArea
        className={classes(styles.input, styles.area)}
        placeholder={props.placeholder ?? ''}
        rows={rows ?? 3}
        {...(areaRef ? { ref: areaRef } : {})}
      />
    </FieldFrame>
  );
}

interface FrameProps extends FieldProps {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: string;
  readonly onBlur?: () => void;
  readonly children: ReactNode;
}

function FieldFrame(props: FrameProps) {
  const { label, help, error, isLabelHidden, children } = props;
  return (
    <TextField
      className={classes(styles.field, props.className)}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      isDisabled={props.isDisabled ?? false}
      isReadOnly={props.isReadOnly ?? false}
      {...(props.startsFocused ? { autoFocus: true } : {})}
      {...(props.type ? { type: props.type } : {})}
      {...(props.autoComplete ? { autoComplete: props.autoComplete } : {})}
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    >
      <Label className={isLabelHidden ? hidden.hidden : styles.label}>{label}</Label>
      {children}
      {error ? (
        <FieldError className={classes(styles.error)}>{error}</FieldError>
      ) : (
        help && (
          <Text slot="description" className={classes(styles.help)}>
            {help}
          </Text>
        )
      )}
    </TextField>
  );
}
