import type { ReactNode } from 'react';
import styles from './facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** An action at the end of the line. */
  readonly end?: ReactNode;
}

/** Names and values on lines, for what can be read but not changed. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, end }) => (
        <div key={name} className={styles.fact}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          {end && <dd className={styles.end}>{end}</dd>}
        </div>
      ))}
    </dl>
  );
}
