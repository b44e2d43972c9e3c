import type { Elevation } from '../../../../src-shared/domain/connection-profile.ts';
import { Field } from '../../../ui/field.tsx';
import { Segments } from '../../../ui/segments.tsx';
import styles from './connection-form.module.css';
import { SecretField } from './secret-field.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

const ELEVATION_CHOICES = [
  { value: 'none', label: 'Nothing' },
  { value: 'sudo', label: 'sudo' },
  { value: 'sudo-password', label: 'sudo with password' },
] as const satisfies readonly { readonly value: Elevation; readonly label: string }[];

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
      <div className={styles.group}>
        <span className={styles.label}>For what needs root</span>
        <Segments
          label="For what needs root"
          segments={ELEVATION_CHOICES}
          value={draft.elevation}
          onChange={(elevation) => form.change({ elevation }, 'elevation', 'sudo-password')}
        />
        {form.problem('elevation') ? (
          <p className={styles.error} role="alert">
            {form.problem('elevation')}
          </p>
        ) : (
          <p className={styles.help}>{ELEVATION_WORDS[draft.elevation]}</p>
        )}
      </div>
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
