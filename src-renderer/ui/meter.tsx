import { Meter as AriaMeter } from 'react-aria-components/Meter';
import { classes } from './classes.ts';
import { formatNumber } from './format.ts';
import styles from './meter.module.css';

export interface MeterProps {
  /** What is measured, for screen readers: "Day quota". */
  readonly label: string;
  readonly used: number;
  /** Null: unknown or without limit; there is no track then, the number beside it says all. */
  readonly limit: number | null;
  /** `gauge` is the small one of the status bar. */
  readonly size?: 'standard' | 'gauge';
}

/** From 80 % of a limit on, a meter is amber. */
export const NEARLY_SPENT = 0.8;

export function Meter({ label, used, limit, size = 'standard' }: MeterProps) {
  if (limit === null || limit <= 0) return <span className={classes(size === 'gauge' && styles.gauge)} />;
  const share = Math.min(1, used / limit);
  return (
    <AriaMeter
      aria-label={label}
      value={Math.min(used, limit)}
      maxValue={limit}
      valueLabel={`${formatNumber(used)} of ${formatNumber(limit)}`}
      className={classes(styles.meter, size === 'gauge' && styles.gauge)}
    >
      <span
        className={classes(styles.fill, share >= NEARLY_SPENT && styles.near)}
        style={{ inlineSize: `${share * 100}%` }}
      />
    </AriaMeter>
  );
}
