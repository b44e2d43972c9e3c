import { useState } from 'react';
import type { ProfileSecret } from '../../../../src-shared/domain/connection-profile.ts';
import { Button } from '../../../ui/button.tsx';
import { PasswordField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import styles from './connection-form.module.css';
import { isForgotten } from './draft.ts';
import type { ConnectionForm } from './use-connection-form.ts';

interface SecretFieldProps {
  readonly form: ConnectionForm;
  readonly secret: ProfileSecret;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly help?: string;
}

/** A secret that is kept never comes back: it can be replaced or forgotten. */
export function SecretField({ form, secret, label, value, onChange, error, help }: SecretFieldProps) {
  const [isReplacing, setReplacing] = useState(false);
  if (form.isKept(secret) && !isReplacing && error === null) {
    return (
      <fieldset className={styles.kept}>
        <legend className={styles.label}>{label}</legend>
        <span className={styles.keptLine}>
          <Icon name="key" size="small" />
          <span className={styles.keptWord}>Kept</span>
          <Button size="small" onPress={() => setReplacing(true)} aria-label={`Replace the ${label}`}>
            Replace
          </Button>
          <Button
            size="small"
            kind="plain"
            onPress={() => form.forget(secret)}
            aria-label={`Forget the ${label}`}
          >
            Forget
          </Button>
        </span>
      </fieldset>
    );
  }
  const wasForgotten = isForgotten(form.draft, secret);
  return (
    <PasswordField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      help={wasForgotten ? 'Forgotten once you save.' : (help ?? 'Left empty, it is asked for when needed.')}
      maxLength={4096}
      startsFocused={isReplacing}
    />
  );
}
