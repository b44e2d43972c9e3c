import type { SecretStatus } from '../../../../src-shared/ipc/settings.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

/** Where the desktop has no keychain, what was entered is kept in clear only if a person wants it so. */
export function ClearTextConsent({
  form,
  secrets,
}: {
  readonly form: ConnectionForm;
  readonly secrets: SecretStatus | null;
}) {
  if (secrets?.backend !== 'basic-text' || !form.hasNewSecrets) return null;
  return (
    <Notice tone="warning" title="This desktop has no keychain that encrypts">
      <Checkbox isSelected={form.acceptsClearText} onChange={form.setAcceptsClearText}>
        Store what is entered in clear text. Whoever can read the data folder can read it.
      </Checkbox>
    </Notice>
  );
}
