import { useState } from 'react';
import type { ProfileSecret } from '../../../../src-shared/domain/connection-profile.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldSet } from '../../../ui/field-set.tsx';
import { PasswordField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import styles from './connection-form.module.css';
import { keepingWords } from './kept-secrets.ts';
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
  const keeping = form.keeping(secret);
  if (keeping === 'kept' && value === '' && !isReplacing && error === null) {
    return (
      <FieldSet label={label}>
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
      </FieldSet>
    );
  }
  return (
    <PasswordField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      help={keepingWords(keeping, secret, help ?? 'Left empty, it is asked for when needed.')}
      maxLength={4096}
      startsFocused={isReplacing}
    />
  );
}
