import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { LinkedLine } from '../../ui/linked-line.tsx';
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
          <LinkedLine
            key={row.id}
            mark={STATE_MARKS[row.state]}
            href={scansHref({ pick: { kind: 'scan', id: row.id } })}
            label={`${name}: ${summary}`}
            at={row.endedAt ?? row.askedAt}
          >
            <b className={styles.name}>{name}</b> <span className={styles.summary}>{summary}</span>
          </LinkedLine>
        );
      })}
    </ul>
  );
}
