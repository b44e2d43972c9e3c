import type { ReactNode } from 'react';
import type { ScanKind } from '../../../src-shared/domain/scan.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './scan-cells.module.css';

/** What a table of scans tells beside what was seen. */
export function SoftCell({ children }: { readonly children: ReactNode }) {
  return <span className={styles.soft}>{children}</span>;
}

export function KindCell({ kind, isAutomatic }: { readonly kind: ScanKind; readonly isAutomatic: boolean }) {
  return (
    <span className={styles.kind}>
      {KIND_WORDS[kind]}
      {isAutomatic && <Tag>automatic</Tag>}
    </span>
  );
}

/** One agent by its name, or how many were asked together. */
export function AgentCell({ words }: { readonly words: string }) {
  return (
    <span className={styles.agent} title={words}>
      {words}
    </span>
  );
}

export function SeenCell({ mark, words }: { readonly mark: MarkName; readonly words: string }) {
  return (
    <span className={styles.seen} title={words}>
      <Mark name={mark} />
      <span className={styles.cut}>{words}</span>
    </span>
  );
}
