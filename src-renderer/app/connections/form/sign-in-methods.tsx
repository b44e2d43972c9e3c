import type { SshAuthMethod } from '../../../../src-shared/domain/connection-profile.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { FieldSet } from '../../../ui/field-set.tsx';
import styles from './sign-in-methods.module.css';

interface SignInMethodsProps<Method extends SshAuthMethod> {
  /** What may be ticked, in OpenSSH's order: tried in it, whichever is ticked first. */
  readonly offered: readonly Method[];
  readonly methods: readonly Method[];
  readonly onChange: (methods: readonly Method[]) => void;
  readonly error: string | null;
}

const METHOD_NAMES: Readonly<Record<SshAuthMethod, string>> = {
  agent: 'SSH agent',
  key: 'Key file',
  password: 'Password',
  'keyboard-interactive': 'Code it asks for',
};

/** How one signs in with SSH: at least one way. */
export function SignInMethods<Method extends SshAuthMethod>(props: SignInMethodsProps<Method>) {
  const { offered, methods, onChange, error } = props;
  return (
    <FieldSet
      label="Sign in with"
      error={error}
      help={
        methods.some((method) => method === 'keyboard-interactive') &&
        'What the server asks is shown when it asks: a code, a password that has to be changed.'
      }
    >
      <div className={styles.methods}>
        {offered.map((method) => (
          <Checkbox
            key={method}
            isSelected={methods.includes(method)}
            isInvalid={error !== null}
            onChange={(isOn) =>
              onChange(offered.filter((known) => (known === method ? isOn : methods.includes(known))))
            }
          >
            {METHOD_NAMES[method]}
          </Checkbox>
        ))}
      </div>
    </FieldSet>
  );
}
