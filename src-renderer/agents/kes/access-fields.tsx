import { useId } from 'react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './access-fields.module.css';
import type { AccessDraft, AccessProblems } from './access-draft.ts';

interface AccessFieldsProps {
  readonly draft: AccessDraft;
  readonly problems: AccessProblems;
  readonly onChange: (part: Partial<AccessDraft>) => void;
}

const METHODS = [
  { value: 'agent', label: 'SSH agent' },
  { value: 'key', label: 'Key file' },
  { value: 'password', label: 'Password' },
] as const;

const ELEVATIONS = [
  { value: 'none', label: 'Nothing' },
  { value: 'sudo', label: 'sudo' },
  { value: 'sudo-password', label: 'sudo with password' },
] as const;

const KEPT = 'Left empty, what is kept stays. It never comes back here.';

/** How an agent is reached: address, account, how to sign in, and how root is reached there. */
export function AccessFields({ draft, problems, onChange }: AccessFieldsProps) {
  return (
    <>
      <div className={styles.hostLine}>
        <Field
          label="Address"
          value={draft.host}
          onChange={(host) => onChange({ host })}
          error={problems.host}
          help="{ip}, {name} and {id} stand for those of the agent."
          isCode
          maxLength={255}
        />
        <Field
          label="Port"
          value={draft.port}
          onChange={(port) => onChange({ port })}
          error={problems.port}
          maxLength={5}
        />
      </div>
      <Field
        label="User"
        value={draft.user}
        onChange={(user) => onChange({ user })}
        error={problems.user}
        maxLength={255}
      />
      <Methods draft={draft} problem={problems.methods} onChange={onChange} />
      {draft.methods.includes('key') && (
        <div className={styles.pair}>
          <Field
            label="Private key"
            value={draft.keyPath}
            onChange={(keyPath) => onChange({ keyPath })}
            error={problems.keyPath}
            isCode
            maxLength={4096}
          />
          <PasswordField
            label="Passphrase of the key"
            value={draft.passphrase}
            onChange={(passphrase) => onChange({ passphrase })}
            help={KEPT}
            maxLength={4096}
          />
        </div>
      )}
      {draft.methods.includes('password') && (
        <PasswordField
          label="Password"
          value={draft.password}
          onChange={(password) => onChange({ password })}
          help={KEPT}
          maxLength={4096}
        />
      )}
      <Switch
        isSelected={draft.throughManager}
        onChange={(throughManager) => onChange({ throughManager })}
        help="The manager is the jump host; its host key and the agent’s are both checked."
      >
        Through the manager
      </Switch>
      <div className={styles.group}>
        <span className={styles.label}>For what needs root</span>
        <Segments
          label="For what needs root"
          segments={ELEVATIONS}
          value={draft.elevation}
          onChange={(elevation) => onChange({ elevation })}
        />
      </div>
      {draft.elevation === 'sudo-password' && (
        <PasswordField
          label="Password for sudo"
          value={draft.sudoPassword}
          onChange={(sudoPassword) => onChange({ sudoPassword })}
          help={KEPT}
          maxLength={4096}
        />
      )}
    </>
  );
}

function Methods({
  draft,
  problem,
  onChange,
}: Omit<AccessFieldsProps, 'problems'> & { readonly problem: string | null }) {
  const errorId = useId();
  return (
    <fieldset className={styles.group} aria-describedby={problem === null ? undefined : errorId}>
      <legend className={styles.label}>Sign in with</legend>
      <div className={styles.methods}>
        {METHODS.map(({ value, label }) => (
          <Checkbox
            key={value}
            isSelected={draft.methods.includes(value)}
            isInvalid={problem !== null}
            onChange={(isOn) =>
              onChange({
                methods: METHODS.map((method) => method.value).filter((known) =>
                  known === value ? isOn : draft.methods.includes(known),
                ),
              })
            }
          >
            {label}
          </Checkbox>
        ))}
      </div>
      {problem !== null && (
        <p id={errorId} className={styles.error}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
