import { useId, type ReactNode } from 'react';
import styles from './setting-group.module.css';

interface SettingGroupProps {
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly lead?: ReactNode;
  /** At the right end of the head. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** One matter of a section, ruled off from the next. */
export function SettingGroup({ title, lead, end, children }: SettingGroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.group}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {end && <span className={styles.end}>{end}</span>}
        {lead && <p className={styles.lead}>{lead}</p>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
