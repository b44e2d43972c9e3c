import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { OfferedCertificate } from '../../../src-shared/ipc/connections.ts';
import { Commands } from '../../ui/commands.tsx';
import { fullDate } from '../../ui/format-time.ts';
import { Print } from '../../ui/print.tsx';
import { shortenMiddle } from '../../ui/shorten-middle.ts';
import styles from './compare.module.css';
import { certificatePrint, PRINT_CERTIFICATE_COMMAND } from './trust-words.ts';

/** Names inside a certificate are whatever its maker wrote. */
const LONGEST_NAME = 160;

/** The certificate that is shown now, and the command that prints the true one's fingerprint on the manager. */
export function CompareCertificate({ offered }: { readonly offered: OfferedCertificate }) {
  const { subject, issuer, validFrom, validUntil, reason, fingerprint } = offered;
  return (
    <div className={styles.compare}>
      <dl className={styles.facts}>
        <dt>Says it is</dt>
        <dd>{shown(subject)}</dd>
        <dt>Signed by</dt>
        <dd>{subject === issuer ? 'itself' : shown(issuer)}</dd>
        <dt>Valid</dt>
        <dd>
          {fullDate(validFrom)} to {fullDate(validUntil)}
        </dd>
        <dt>Not vouched for</dt>
        <dd>{shown(reason)}</dd>
      </dl>
      <Print kind="SHA-256" value={certificatePrint(fingerprint)} />
      <p className={styles.words}>The same fingerprint, printed on the manager (4.x):</p>
      <Commands lines={[PRINT_CERTIFICATE_COMMAND]} />
    </div>
  );
}

function shown(name: string): string {
  return shortenMiddle(visibleText(name), LONGEST_NAME);
}
