import type { ReactNode } from 'react';
import { SSH_AUTH_METHODS, type ProfileSecret } from '../../../../src-shared/domain/connection-profile.ts';
import { FieldPair } from '../../../ui/field-set.tsx';
import { Field } from '../../../ui/field.tsx';
import type { HopDraft } from './draft.ts';
import { hopKey, type HopField } from './field-keys.ts';
import { SecretField } from './secret-field.tsx';
import { SignInMethods } from './sign-in-methods.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

interface HopFieldsProps {
  readonly form: ConnectionForm;
  readonly hop: HopDraft;
  /** Null for the manager itself, else the place of the jump host. */
  readonly place: number | null;
  readonly onChange: (part: Partial<HopDraft>, ...fields: readonly HopField[]) => void;
  /** The field that names the host: a list of known ones for the manager. */
  readonly hostField: ReactNode;
  readonly userHelp?: string;
}

/** Host, port, user, and how to sign in: the same for the manager and for every jump host. */
export function HopFields({ form, hop, place, onChange, hostField, userHelp }: HopFieldsProps) {
  const problem = (field: HopField) => form.problem(hopKey(place, field));
  return (
    <>
      <FieldPair isSecondNarrow>
        {hostField}
        <Field
          label="Port"
          value={hop.port}
          onChange={(port) => onChange({ port }, 'port', 'host')}
          error={problem('port')}
          maxLength={5}
        />
      </FieldPair>
      <Field
        label="User"
        value={hop.user}
        onChange={(user) => onChange({ user }, 'user', 'method', 'password', 'key')}
        error={problem('user')}
        {...(userHelp ? { help: userHelp } : {})}
        maxLength={255}
      />
      <SignInMethods
        offered={SSH_AUTH_METHODS}
        methods={hop.methods}
        onChange={(methods) => onChange({ methods }, 'method')}
        error={problem('method')}
      />
      {hop.methods.includes('key') && <KeyFields {...{ form, hop, place, onChange }} />}
      {hop.methods.includes('password') && (
        <SecretField
          form={form}
          secret={secretOf(place, 'password')}
          label="Password"
          value={hop.password}
          onChange={(password) => onChange({ password }, 'password', 'method')}
          error={problem('password')}
        />
      )}
    </>
  );
}

function KeyFields({ form, hop, place, onChange }: Omit<HopFieldsProps, 'hostField' | 'userHelp'>) {
  return (
    <FieldPair>
      <Field
        label="Private key"
        value={hop.keyPath}
        onChange={(keyPath) => onChange({ keyPath }, 'key', 'method', 'passphrase')}
        error={form.problem(hopKey(place, 'key'))}
        placeholder="~/.ssh/id_ed25519"
        isCode
        maxLength={4096}
      />
      <SecretField
        form={form}
        secret={secretOf(place, 'passphrase')}
        label="Passphrase of the key"
        value={hop.passphrase}
        onChange={(passphrase) => onChange({ passphrase }, 'passphrase', 'key', 'method')}
        error={form.problem(hopKey(place, 'passphrase'))}
        help="Empty if it has none."
      />
    </FieldPair>
  );
}

function secretOf(place: number | null, kind: 'password' | 'passphrase'): ProfileSecret {
  return place === null ? kind : `jump-${place}-${kind}`;
}
