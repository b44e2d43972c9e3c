import { useState } from 'react';
import { endpointName, type ProfileSecret } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import { secretNoun } from '../../app/connections/needs.ts';
import { certificatePrint, keyTypeName } from '../../app/connections/trust-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Print } from '../../ui/print.tsx';
import { Time } from '../../ui/time.tsx';
import { SettingGroup } from '../setting-group.tsx';
import styles from './trust-group.module.css';

/** What was accepted or kept for this connection, each with its way out. */
export function TrustGroup({ detail }: { readonly detail: ConnectionDetail }) {
  const { hostKeys, certificate, secrets, profile } = detail;
  const isEmpty = hostKeys.length === 0 && certificate === null && secrets.length === 0;
  return (
    <SettingGroup
      title="Accepted and kept"
      lead={isEmpty ? 'No key or certificate was accepted here, and no password is kept.' : undefined}
    >
      {!isEmpty && (
        <ul className={styles.list}>
          {hostKeys.map((key) => (
            <PinnedKey key={key.fingerprint} hostKey={key} />
          ))}
          {certificate && <PinnedCertificate profileId={profile.id} certificate={certificate} />}
          {secrets.length > 0 && (
            <li className={styles.item}>
              <p className={styles.name}>Kept: {secretList(secrets)}</p>
              <p className={styles.faint}>
                They never come back to the window; Edit replaces or forgets them.
              </p>
            </li>
          )}
        </ul>
      )}
    </SettingGroup>
  );
}

function secretList(secrets: readonly ProfileSecret[]): string {
  return secrets.map(secretNoun).join(', ');
}

function PinnedKey({ hostKey }: { readonly hostKey: ConnectionDetail['hostKeys'][number] }) {
  const { host, port, keyType, fingerprint, acceptedAt } = hostKey;
  const forget = useCommand((client) => client.connections.forgetHostKey({ host, port }));
  const name = visibleText(endpointName(host, port));
  return (
    <li className={styles.item}>
      <p className={styles.name}>
        Host key of {name}{' '}
        <span className={styles.faint}>
          accepted <Time at={acceptedAt} />
        </span>
      </p>
      <Forget what={`the key of ${name}`} run={() => forget.run()} error={forget.error} />
      <div className={styles.print}>
        <Print kind={visibleText(keyTypeName(keyType))} value={visibleText(fingerprint)} />
      </div>
    </li>
  );
}

function PinnedCertificate({
  profileId,
  certificate,
}: {
  readonly profileId: number;
  readonly certificate: NonNullable<ConnectionDetail['certificate']>;
}) {
  const forget = useCommand((client) => client.connections.forgetCertificate({ profileId }));
  return (
    <li className={styles.item}>
      <p className={styles.name}>
        Certificate of the API{' '}
        <span className={styles.faint}>
          accepted <Time at={certificate.acceptedAt} />
        </span>
      </p>
      <Forget what="the certificate" run={() => forget.run()} error={forget.error} />
      <div className={styles.print}>
        <Print kind="SHA-256" value={certificatePrint(certificate.fingerprint)} />
      </div>
    </li>
  );
}

interface ForgetProps {
  readonly what: string;
  readonly run: () => Promise<unknown>;
  readonly error: Parameters<typeof ErrorNotice>[0]['error'] | null;
}

/** Trust that was given is taken back on purpose only. */
function Forget({ what, run, error }: ForgetProps) {
  const [isAsking, setAsking] = useState(false);
  const forget = async () => {
    await run();
    setAsking(false);
  };
  return (
    <>
      <Button size="small" onPress={() => setAsking(true)} aria-label={`Forget ${what}`}>
        Forget…
      </Button>
      {error && <ErrorNotice error={error} />}
      <Dialog
        title={`Forget ${what}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button kind="danger" onPress={() => void forget()}>
              Forget it
            </Button>
            <Button onPress={() => setAsking(false)}>Keep it</Button>
          </>
        }
      >
        <p className={styles.words}>
          At the next connection it is shown again, and nothing goes on before a person has compared and
          accepted it.
        </p>
      </Dialog>
    </>
  );
}
