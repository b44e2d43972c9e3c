import { useId, type FormEvent } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import type { SecretStatus } from '../../../src-shared/ipc/settings.ts';
import { ClearTextConsent } from '../../app/connections/form/clear-text-consent.tsx';
import { ConnectionFields } from '../../app/connections/form/connection-fields.tsx';
import { TestEvidence } from '../../app/connections/form/test-evidence.tsx';
import { useConnectionForm, type ConnectionForm } from '../../app/connections/form/use-connection-form.ts';
import { connectionsHref } from '../../app/routes.ts';
import { SecretPlace } from '../../app/secrets/secret-place.tsx';
import { navigate } from '../../app/use-route.ts';
import { Button } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SettingGroup } from '../setting-group.tsx';
import { BackLink } from './back-link.tsx';
import styles from './connection-editor.module.css';

interface EditorProps {
  /** Null for a new connection. */
  readonly stored: ConnectionDetail | null;
  readonly secrets: SecretStatus | null;
}

/** Adds or edits a connection: the form, beside it what a test of it saw. It can be saved without one. */
export function ConnectionEditor({ stored, secrets }: EditorProps) {
  const formId = useId();
  const form = useConnectionForm({
    stored,
    isTestedFirst: false,
    onSaved: (profileId) => navigate(connectionsHref({ mode: 'show', profileId }), { replace: true }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  return (
    <div className={styles.editor}>
      <BackLink />
      <SettingGroup title={stored ? `Edit ${visibleText(stored.profile.name)}` : 'Add connection'}>
        <div className={styles.columns}>
          <form id={formId} className={styles.form} onSubmit={submit} noValidate>
            <ConnectionFields form={form} startsFocused={stored === null} />
            <ClearTextConsent form={form} secrets={secrets} />
          </form>
          <div className={styles.beside}>
            <TestEvidence form={form} />
            {secrets && (
              <section className={styles.place} aria-label="Where passwords are kept">
                <h3 className={styles.title}>Where passwords are kept</h3>
                <SecretPlace secrets={secrets} />
              </section>
            )}
          </div>
        </div>
      </SettingGroup>
      <Foot form={form} formId={formId} stored={stored} />
    </div>
  );
}

function Foot({
  form,
  formId,
  stored,
}: {
  readonly form: ConnectionForm;
  readonly formId: string;
  readonly stored: ConnectionDetail | null;
}) {
  const back = stored ? connectionsHref({ mode: 'show', profileId: stored.profile.id }) : connectionsHref();
  return (
    <div className={styles.foot}>
      {form.saveError && <ErrorNotice error={form.saveError} />}
      <ButtonRow>
        <Button kind="primary" type="submit" form={formId} isPending={form.isSaving}>
          Save and connect
        </Button>
        <Button icon="plug" onPress={() => void form.runTest()} isPending={form.test.isRunning}>
          Test connection
        </Button>
        <ButtonLink kind="plain" href={back}>
          Cancel
        </ButtonLink>
        <output className={styles.said}>{problemCount(form)}</output>
      </ButtonRow>
    </div>
  );
}

function problemCount({ problems }: ConnectionForm): string {
  const count = Object.keys(problems).length;
  if (count === 0) return '';
  return count === 1 ? 'One field needs you.' : `${count} fields need you.`;
}
