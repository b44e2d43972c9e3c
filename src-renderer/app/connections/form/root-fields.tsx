import type { Elevation } from '../../../../src-shared/domain/connection-profile.ts';
import { Field } from '../../../ui/field.tsx';
import { ElevationField } from './elevation-field.tsx';
import { SecretField } from './secret-field.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

const ELEVATION_WORDS: Readonly<Record<Elevation, string>> = {
  none: 'The account is root, or it only reads. What needs root is shown as missing.',
  sudo: 'sudo -n: the sudoers lines that are needed are shown, and no more than those.',
  'sudo-password': 'The password goes to sudo on the manager only, never into a command line.',
};

/** Where Wazuh is installed, and how root is reached where it is needed. */
export function RootFields({ form }: { readonly form: ConnectionForm }) {
  const { draft } = form;
  return (
    <>
      <ElevationField
        value={draft.elevation}
        onChange={(elevation) => form.change({ elevation }, 'elevation', 'sudo-password')}
        help={ELEVATION_WORDS[draft.elevation]}
        error={form.problem('elevation')}
      />
      {draft.elevation === 'sudo-password' && (
        <SecretField
          form={form}
          secret="sudo-password"
          label="Password for sudo"
          value={draft.sudoPassword}
          onChange={(sudoPassword) => form.change({ sudoPassword }, 'sudo-password', 'elevation')}
          error={form.problem('sudo-password')}
        />
      )}
      <Field
        label="Installation folder"
        value={draft.prefix}
        onChange={(prefix) => form.change({ prefix }, 'prefix')}
        error={form.problem('prefix')}
        placeholder="found by itself"
        help="/var/ossec unless it was installed elsewhere."
        isCode
        maxLength={1024}
      />
    </>
  );
}
