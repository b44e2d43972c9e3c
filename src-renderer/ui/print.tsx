import { Fragment } from 'react';
import styles from './print.module.css';

/** A fingerprint to be compared by eye: its kind, then its characters, never cut and broken at colons first. */
export function Print({ kind, value }: { readonly kind: string; readonly value: string }) {
  return (
    <p className={styles.print}>
      <span className={styles.kind}>{kind}</span>{' '}
      {value.split(':').map((part, place) => (
        // Parts have no names and never change their places.
        <Fragment key={`part-${place}`}>
          {place > 0 && ':'}
          {place > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </p>
  );
}
