import { Notice } from '../../../ui/notice.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

/** For machines that know no better; what it costs stays in sight as long as it is on. */
export function LegacyField({ form }: { readonly form: ConnectionForm }) {
  const { allowsLegacyAlgorithms } = form.draft;
  return (
    <>
      <Switch
        isSelected={allowsLegacyAlgorithms}
        onChange={(isOn) => form.change({ allowsLegacyAlgorithms: isOn }, 'host', 'method')}
        help="Also SHA-1 key exchange, ssh-rsa and CBC ciphers."
      >
        Allow legacy algorithms
      </Switch>
      {allowsLegacyAlgorithms && (
        <Notice tone="warning" title="This connection can be weakened on the way">
          Only for a server that cannot be updated. The connection is marked wherever it is shown.
        </Notice>
      )}
    </>
  );
}
