import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import type { KnownHostKey } from '../../../src-shared/ipc/connections.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Commands } from '../../ui/commands.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Print } from '../../ui/print.tsx';
import { useCommand } from '../use-command.ts';
import { CompareHostKey } from './compare-host-key.tsx';
import styles from './compare.module.css';
import type { NeedDialogProps } from './need-of.ts';
import { machineOf, needWords } from './needs.ts';
import { keyTypeName, knownHostsPlace, removeHostKeyCommand } from './trust-words.ts';

/** A machine that was never reached before: its key is compared once, by a person. */
export function HostKeyUnknown({
  name,
  need,
  onClose,
  onAccepted,
}: Omit<NeedDialogProps<'host-key-unknown'>, 'profileId'> & { readonly onAccepted?: () => void }) {
  const { host, port, fingerprint } = need.offered;
  const accept = useCommand(async (client) => {
    await client.connections.acceptHostKey({ host, port, fingerprint });
    onAccepted?.();
  });
  return (
    <Dialog
      title={needWords({ name, need }).title}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" onPress={() => void accept.run()} isPending={accept.isRunning}>
            It is the same key, connect
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      <p className={styles.lead}>
        It is not in your known_hosts, and was never accepted here. Compare it before anything is sent to{' '}
        {machineOf(need.offered)}.
      </p>
      <CompareHostKey offered={need.offered} />
      {accept.error && <ErrorNotice error={accept.error} />}
    </Dialog>
  );
}

/** A machine that shows another key than before: a hard stop. Forgetting the old key is an act of its own. */
export function HostKeyChanged({ profileId, ...props }: NeedDialogProps<'host-key-changed'>) {
  return <ChangedHostKeyDialog {...props} again={(client) => client.connections.reconnect({ profileId })} />;
}

/** The same for any machine; `again` tries once more to reach it. */
export function ChangedHostKeyDialog({
  name,
  need,
  onClose,
  again,
}: Omit<NeedDialogProps<'host-key-changed'>, 'profileId'> & {
  readonly again: (client: ContractClient) => Promise<void>;
}) {
  const { offered, known } = need;
  const { host, port } = offered;
  const fromFile = known.filter(({ from }) => from === 'known-hosts');
  const isAcceptedHere = known.some(({ from }) => from === 'accepted');
  const [isCompared, setCompared] = useState(false);
  const forget = useCommand(async (client) => {
    await client.connections.forgetHostKey({ host, port });
    await again(client);
  });
  const retry = useCommand(again);
  const error = forget.error ?? retry.error;
  return (
    <Dialog
      title={needWords({ name, need }).title}
      size="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          {isAcceptedHere && (
            <Button
              kind="danger"
              isDisabled={!isCompared}
              isPending={forget.isRunning}
              onPress={() => void forget.run()}
            >
              Forget the accepted key
            </Button>
          )}
          {fromFile.length > 0 && (
            <Button icon="again" isPending={retry.isRunning} onPress={() => void retry.run()}>
              Try again
            </Button>
          )}
          <Button onPress={onClose}>Leave it stopped</Button>
        </>
      }
    >
      <Notice tone="error" title="Nothing was sent">
        If the server was reinstalled, compare the new fingerprint on its console; if not, someone may be in
        between.
      </Notice>
      <Known keys={known} />
      <div className={styles.known}>
        <h3 className={styles.title}>Shown now by {machineOf(offered)}</h3>
        <CompareHostKey offered={offered} />
      </div>
      {fromFile.length > 0 && (
        <div className={styles.known}>
          <h3 className={styles.title}>If it is the server’s new key, take the old one out of known_hosts</h3>
          <Commands lines={removeCommands(host, port, fromFile)} />
        </div>
      )}
      {isAcceptedHere && (
        <Checkbox isSelected={isCompared} onChange={setCompared}>
          I compared the new fingerprint on the server’s own console. Forget the key that was accepted here;
          the new one is shown once more before it is trusted.
        </Checkbox>
      )}
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}

function Known({ keys }: { readonly keys: readonly KnownHostKey[] }) {
  return (
    <div className={styles.known}>
      <h3 className={styles.title}>Expected</h3>
      {keys.map((key) => (
        <div key={`${key.fingerprint} ${key.place}`} className={styles.compare}>
          <Print kind={visibleText(keyTypeName(key.keyType))} value={visibleText(key.fingerprint)} />
          <p className={styles.words}>{originWords(key)}</p>
        </div>
      ))}
    </div>
  );
}

function originWords({ from, place }: KnownHostKey): string {
  if (from === 'accepted') return 'Accepted here, by a person.';
  if (place === null) return 'From your known_hosts.';
  const { file, line } = knownHostsPlace(place);
  return `From ${visibleText(file)}${line === null ? '' : `, line ${line}`}.`;
}

function removeCommands(host: string, port: number, known: readonly KnownHostKey[]): readonly string[] {
  const files = known.map(({ place }) => (place === null ? null : knownHostsPlace(place).file));
  return [...new Set(files)].map((file) => visibleText(removeHostKeyCommand(host, port, file)));
}
