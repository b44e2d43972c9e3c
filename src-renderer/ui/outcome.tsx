import type { Standing } from '../../src-shared/domain/outcome.ts';
import { classes } from './classes.ts';
import { Mark } from './mark.tsx';
import styles from './outcome.module.css';

/** The field's words for the six standings (look.md section 3). */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  malicious: 'Malicious',
  suspicious: 'Suspicious',
  'no-records': 'No records',
  clean: 'Clean',
  queued: 'Queued',
  failed: 'Failed',
};

/** Shape, colour and word, always the three together. */
export function Outcome({ standing, strong }: { readonly standing: Standing; readonly strong?: boolean }) {
  const calls = standing === 'malicious' || standing === 'suspicious';
  return (
    <span className={classes(styles.outcome, calls && styles.calls, strong && styles.strong)}>
      <Mark name={standing} />
      {STANDING_WORDS[standing]}
    </span>
  );
}
