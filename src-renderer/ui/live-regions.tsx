import { useEffect, useState } from 'react';
import { onAnnounce } from './announce.ts';
import styles from './live-regions.module.css';

/** The two live regions of the window; they must stand in the page before the first word is put into them. */
export function LiveRegions() {
  const [spoken, setSpoken] = useState({ polite: '', assertive: '' });
  useEffect(
    () =>
      onAnnounce((text, urgency) => {
        // The same sentence twice is a change only when something differs: a no-break space at its end.
        setSpoken((before) => ({
          ...before,
          [urgency]: before[urgency] === text ? `${text}\u00A0` : text,
        }));
      }),
    [],
  );
  return (
    // The attribute keeps React Aria from silencing the regions while a dialog is open.
    <div className={styles.regions} data-live-announcer="true">
      <span aria-live="polite">{spoken.polite}</span>
      <span aria-live="assertive">{spoken.assertive}</span>
    </div>
  );
}
