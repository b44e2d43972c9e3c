import type { Completeness } from '../../../src-shared/ipc/status.ts';
import { Mark } from '../../ui/mark.tsx';
import { useNow } from '../../ui/now.ts';
import styles from './completeness-line.module.css';
import { completenessWords } from './completeness-words.ts';

/** "Complete since 9 Nov 08:12", and the newest gap with what was done about it. */
export function CompletenessLine({ completeness }: { readonly completeness: Completeness }) {
  const words = completenessWords(completeness, useNow());
  if (words === null) return <span className={styles.unproven}>not proven yet</span>;
  return (
    <span className={styles.line}>
      <Mark name={words.mark} />
      <span>
        {words.title}
        {words.detail && <span className={styles.gap}>{words.detail}</span>}
      </span>
    </span>
  );
}
