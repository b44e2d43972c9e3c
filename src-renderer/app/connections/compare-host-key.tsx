import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { OfferedHostKey } from '../../../src-shared/ipc/connections.ts';
import { Commands } from '../../ui/commands.tsx';
import { Print } from '../../ui/print.tsx';
import styles from './compare.module.css';
import { keyTypeName, printHostKeyCommand } from './trust-words.ts';

/** The key that is shown now, and the command that prints the true one on the server's own console. */
export function CompareHostKey({ offered }: { readonly offered: OfferedHostKey }) {
  return (
    <div className={styles.compare}>
      <Print kind={visibleText(keyTypeName(offered.keyType))} value={visibleText(offered.fingerprint)} />
      <p className={styles.words}>The same line, printed on the server’s own console:</p>
      <Commands lines={[printHostKeyCommand(offered.keyType)]} />
    </div>
  );
}
