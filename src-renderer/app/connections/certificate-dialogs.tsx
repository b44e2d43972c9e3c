import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Print } from '../../ui/print.tsx';
import { useCommand } from '../use-command.ts';
import { CompareCertificate } from './compare-certificate.tsx';
import styles from './compare.module.css';
import type { NeedDialogProps } from './need-of.ts';
import { machineOf, needWords } from './needs.ts';
import { certificatePrint } from './trust-words.ts';

/** An API with a certificate of its own making: compared once, then pinned. */
export function CertificateUnknown({
  profileId,
  name,
  need,
  onClose,
}: NeedDialogProps<'certificate-unknown'>) {
  const { fingerprint } = need.offered;
  const accept = useCommand((client) => client.connections.acceptCertificate({ profileId, fingerprint }));
  return (
    <Dialog
      title={needWords({ name, need }).title}
      size="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" onPress={() => void accept.run()} isPending={accept.isRunning}>
            It is the same certificate, connect
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      <p className={styles.lead}>
        Managers make their own certificate at the first start, so nobody vouches for it. Compare it once;
        from then on only this one is accepted.
      </p>
      <CompareCertificate offered={need.offered} />
      {accept.error && <ErrorNotice error={accept.error} />}
    </Dialog>
  );
}

/** Another certificate than the accepted one: a hard stop. */
export function CertificateChanged({
  profileId,
  name,
  need,
  onClose,
}: NeedDialogProps<'certificate-changed'>) {
  const [isCompared, setCompared] = useState(false);
  const forget = useCommand(async (client) => {
    await client.connections.forgetCertificate({ profileId });
    await client.connections.reconnect({ profileId });
  });
  return (
    <Dialog
      title={needWords({ name, need }).title}
      size="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button
            kind="danger"
            isDisabled={!isCompared}
            isPending={forget.isRunning}
            onPress={() => void forget.run()}
          >
            Forget the accepted certificate
          </Button>
          <Button onPress={onClose}>Leave it stopped</Button>
        </>
      }
    >
      <Notice tone="error" title="No password was sent">
        If the certificate was renewed, compare the new fingerprint on the manager; if not, someone may be in
        between.
      </Notice>
      <div className={styles.known}>
        <h3 className={styles.title}>Accepted before</h3>
        <Print kind="SHA-256" value={certificatePrint(need.knownFingerprint)} />
      </div>
      <div className={styles.known}>
        <h3 className={styles.title}>Shown now by {machineOf(need.offered)}</h3>
        <CompareCertificate offered={need.offered} />
      </div>
      <Checkbox isSelected={isCompared} onChange={setCompared}>
        I compared the new fingerprint on the manager. Forget the accepted certificate; the new one is shown
        once more before it is trusted.
      </Checkbox>
      {forget.error && <ErrorNotice error={forget.error} />}
    </Dialog>
  );
}
