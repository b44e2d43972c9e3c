import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import type { KnownHostKey } from '../../../src-shared/ipc/connections.ts';
import { Commands } from '../../ui/commands.tsx';
import { Print } from '../../ui/print.tsx';
import { useCommand } from '../use-command.ts';
import { CompareHostKey } from './compare-host-key.tsx';
import styles from './compare.module.css';
import type { NeedDialogProps } from './need-of.ts';
import { machineOf, needWords } from './needs.ts';
import { ChangedDialog, Known, UnknownDialog } from './trust-dialogs.tsx';
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
    <UnknownDialog
      title={needWords({ name, need }).title}
      lead={`It is not in your known_hosts, and was never accepted here. Compare it before anything is sent to ${machineOf(need.offered)}.`}
      accept={{ ...accept, verb: 'It is the same key, connect' }}
      onClose={onClose}
    >
      <CompareHostKey offered={need.offered} />
    </UnknownDialog>
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
  const forget = useCommand(async (client) => {
    await client.connections.forgetHostKey({ host, port });
    await again(client);
  });
  const retry = useCommand(again);
  return (
    <ChangedDialog
      title={needWords({ name, need }).title}
      notice={{
        title: 'Nothing was sent',
        words:
          'If the server was reinstalled, compare the new fingerprint on its console; if not, someone may be in between.',
      }}
      forget={
        isAcceptedHere
          ? {
              ...forget,
              verb: 'Forget the accepted key',
              consent:
                'I compared the new fingerprint on the server’s own console. Forget the key that was accepted here; the new one is shown once more before it is trusted.',
            }
          : null
      }
      retry={fromFile.length > 0 ? retry : null}
      onClose={onClose}
    >
      <Known title="Expected">
        {known.map((key) => (
          <KnownKey key={`${key.fingerprint} ${key.place}`} known={key} />
        ))}
      </Known>
      <Known title={`Shown now by ${machineOf(offered)}`}>
        <CompareHostKey offered={offered} />
      </Known>
      {fromFile.length > 0 && (
        <Known title="If it is the server’s new key, take the old one out of known_hosts">
          <Commands lines={removeCommands(host, port, fromFile)} />
        </Known>
      )}
    </ChangedDialog>
  );
}

function KnownKey({ known }: { readonly known: KnownHostKey }) {
  return (
    <div className={styles.compare}>
      <Print kind={visibleText(keyTypeName(known.keyType))} value={visibleText(known.fingerprint)} />
      <p className={styles.words}>{originWords(known)}</p>
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
