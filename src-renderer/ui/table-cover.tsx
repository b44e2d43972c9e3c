import type { ReactNode } from 'react';
import { SkeletonRows } from './skeleton.tsx';
import styles from './table-cover.module.css';

/** In the middle of a table that has no rows: why, and the next step. */
export function EmptyRows({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <div className={styles.centre}>{children}</div>
    </div>
  );
}

/** As many as fill a usual window. */
const BONES = 14;

/** Rows to come, over the table, and in words what is read. */
export function RowBones({ label }: { readonly label: string }) {
  return (
    <div className={styles.bones}>
      <SkeletonRows rows={BONES} label={label} />
      <p className={styles.words} aria-hidden="true">
        {label}
      </p>
    </div>
  );
}
