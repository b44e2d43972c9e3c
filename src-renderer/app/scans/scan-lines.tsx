import { Link } from 'react-aria-components/Link';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { classes } from '../../ui/classes.ts';
import { Mark } from '../../ui/mark.tsx';
import { Time } from '../../ui/time.tsx';
import { scansHref } from '../routes.ts';
import styles from './scan-lines.module.css';
import { STATE_MARKS } from './scan-words.ts';

interface ScanLinesProps {
  readonly rows: readonly ScanRow[];
  /** What tells the lines apart where they stand. */
  readonly says: 'agent' | 'kind';
}

/** Scans in short, a line each, leading to their evidence. */
export function ScanLines({ rows, says }: ScanLinesProps) {
  return (
    <ul>
      {rows.map((row) => {
        const name = says === 'agent' ? visibleText(row.agentName) : KIND_WORDS[row.kind];
        const summary = visibleText(row.summary);
        return (
          <li key={row.id} className={styles.line}>
            <Mark name={STATE_MARKS[row.state]} />
            <Link
              href={scansHref({ pick: { kind: 'scan', id: row.id } })}
              className={classes(styles.link)}
              aria-label={`${name}: ${summary}`}
            >
              <b className={styles.name}>{name}</b> <span className={styles.summary}>{summary}</span>
            </Link>
            <span className={styles.when}>
              <Time at={row.endedAt ?? row.askedAt} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
