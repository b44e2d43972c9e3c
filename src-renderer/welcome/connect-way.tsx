import type { FormEvent } from 'react';
import { ClearTextConsent } from '../app/connections/form/clear-text-consent.tsx';
import { ConnectionFields } from '../app/connections/form/connection-fields.tsx';
import { TestEvidence } from '../app/connections/form/test-evidence.tsx';
import { useConnectionForm } from '../app/connections/form/use-connection-form.ts';
import { overviewHref } from '../app/routes.ts';
import { SecretPlace } from '../app/secrets/secret-place.tsx';
import { useQuery } from '../app/use-query.ts';
import { navigate } from '../app/use-route.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Way } from './way.tsx';
import styles from './way-form.module.css';

/** The first connection: tried first, and kept once everything it asks for works. */
export function ConnectWay() {
  const form = useConnectionForm({
    stored: null,
    isTestedFirst: true,
    onSaved: () => navigate(overviewHref),
  });
  const { data: settings } = useQuery((client, signal) => client.settings.get(undefined, { signal }), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.connect();
  };
  const secrets = settings?.secrets ?? null;
  // The question below is what is waited for then.
  const isAsked = form.test.checks?.some(({ need }) => need?.kind.endsWith('-unknown')) ?? false;
  const wasTested = form.test.checks !== null || form.test.error !== null;
  return (
    <Way title="Connect to a manager">
      <form className={styles.form} onSubmit={submit} noValidate>
        <ConnectionFields form={form} startsFocused={false} />
        <ClearTextConsent form={form} secrets={secrets} />
        <ButtonRow>
          <Button
            kind={isAsked ? 'standard' : 'primary'}
            type="submit"
            isPending={form.test.isRunning || form.isSaving}
          >
            Connect
          </Button>
          {wasTested && (
            <Button onPress={() => void form.save()} isPending={form.isSaving}>
              Save as it is
            </Button>
          )}
        </ButtonRow>
      </form>
      <TestEvidence form={form} />
      {form.saveError && <ErrorNotice error={form.saveError} />}
      {secrets?.isLocked && <SecretPlace secrets={secrets} />}
    </Way>
  );
}
