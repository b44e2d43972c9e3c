import { ElevationField } from '../../app/connections/form/elevation-field.tsx';
import { SignInMethods } from '../../app/connections/form/sign-in-methods.tsx';
import { FieldPair } from '../../ui/field-set.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { AccessDraft, AccessProblems } from './access-draft.ts';

interface AccessFieldsProps {
  readonly draft: AccessDraft;
  readonly problems: AccessProblems;
  readonly onChange: (part: Partial<AccessDraft>) => void;
}

const METHODS = ['agent', 'key', 'password'] as const;

const KEPT = 'Left empty, what is kept stays. It never comes back here.';

/** How an agent is reached: address, account, how to sign in, and how root is reached there. */
export function AccessFields({ draft, problems, onChange }: AccessFieldsProps) {
  return (
    <>
      <FieldPair isSecondNarrow>
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
      </FieldPair>
      <Field
        label="User"
        value={draft.user}
        onChange={(user) => onChange({ user })}
        error={problems.user}
        maxLength={255}
      />
      <SignInMethods
        offered={METHODS}
        methods={draft.methods}
        onChange={(methods) => onChange({ methods })}
        error={problems.methods}
      />
      {draft.methods.includes('key') && (
        <FieldPair>
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
        </FieldPair>
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
      <ElevationField value={draft.elevation} onChange={(elevation) => onChange({ elevation })} />
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
