import { useId, type ReactNode } from 'react';
import { SectionHead } from '../ui/section-head.tsx';
import styles from './cell.module.css';

/** One ruled part of the overview with its name. */
export function Cell({
  title,
  end,
  children,
}: {
  readonly title: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.cell} aria-labelledby={id}>
      <SectionHead id={id} title={title} end={end} />
      {children}
    </section>
  );
}
