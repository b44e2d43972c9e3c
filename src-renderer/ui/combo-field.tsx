import type { ReactNode } from 'react';
import { Button as AriaButton, ComboBox, FieldError, Input, Label, Text } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './combo-field.module.css';
import field from './field.module.css';
import { Icon } from './icon.tsx';
import { OptionList, type Option } from './option-list.tsx';

export interface ComboOption extends Option {
  readonly value: string;
}

interface ComboFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Offered while one types; without any the field is a plain one. */
  readonly options: readonly ComboOption[];
  readonly onChoose: (id: string) => void;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly startsFocused?: boolean;
  readonly maxLength?: number;
}

/** A line of text that may be chosen from a list, and may be anything else. */
export function ComboField(props: ComboFieldProps) {
  const { label, value, onChange, options, onChoose, help, error } = props;
  const offered = options.filter((option) => matches(option, value));
  return (
    <ComboBox
      className={classes(field.field)}
      allowsCustomValue
      menuTrigger="input"
      inputValue={value}
      onInputChange={onChange}
      onChange={(key) => {
        if (key !== null) onChoose(String(key));
      }}
      items={offered}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      {...(props.startsFocused ? { autoFocus: true } : {})}
    >
      <Label className={classes(field.label)}>{label}</Label>
      <div className={styles.line}>
        <Input
          className={classes(field.input)}
          placeholder={props.placeholder ?? ''}
          spellCheck={false}
          maxLength={props.maxLength}
        />
        {options.length > 0 && (
          <AriaButton className={classes(styles.open)} aria-label={`Known: ${label}`}>
            <Icon name="down" />
          </AriaButton>
        )}
      </div>
      {error ? (
        <FieldError className={classes(field.error)}>{error}</FieldError>
      ) : (
        help && (
          <Text slot="description" className={classes(field.help)}>
            {help}
          </Text>
        )
      )}
      <OptionList cuts="detail" offset={4} className={styles.popover} />
    </ComboBox>
  );
}

/** What is typed narrows the list; a value that was chosen leaves it whole, so that another can be. */
function matches({ label, value }: ComboOption, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text === value.toLowerCase() || `${label} ${value}`.toLowerCase().includes(text);
}
