import { Print } from '../../ui/print.tsx';
import { useCommand } from '../use-command.ts';
import { CompareCertificate } from './compare-certificate.tsx';
import type { NeedDialogProps } from './need-of.ts';
import { machineOf, needWords } from './needs.ts';
import { ChangedDialog, Known, UnknownDialog } from './trust-dialogs.tsx';
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
    <UnknownDialog
      title={needWords({ name, need }).title}
      size="wide"
      lead="Managers make their own certificate at the first start, so nobody vouches for it. Compare it once; from then on only this one is accepted."
      accept={{ ...accept, verb: 'It is the same certificate, connect' }}
      onClose={onClose}
    >
      <CompareCertificate offered={need.offered} />
    </UnknownDialog>
  );
}

/** Another certificate than the accepted one: a hard stop. */
export function CertificateChanged({
  profileId,
  name,
  need,
  onClose,
}: NeedDialogProps<'certificate-changed'>) {
  const forget = useCommand(async (client) => {
    await client.connections.forgetCertificate({ profileId });
    await client.connections.reconnect({ profileId });
  });
  return (
    <ChangedDialog
      title={needWords({ name, need }).title}
      notice={{
        title: 'No password was sent',
        words:
          'If the certificate was renewed, compare the new fingerprint on the manager; if not, someone may be in between.',
      }}
      forget={{
        ...forget,
        verb: 'Forget the accepted certificate',
        consent:
          'I compared the new fingerprint on the manager. Forget the accepted certificate; the new one is shown once more before it is trusted.',
      }}
      onClose={onClose}
    >
      <Known title="Accepted before">
        <Print kind="SHA-256" value={certificatePrint(need.knownFingerprint)} />
      </Known>
      <Known title={`Shown now by ${machineOf(need.offered)}`}>
        <CompareCertificate offered={need.offered} />
      </Known>
    </ChangedDialog>
  );
}
