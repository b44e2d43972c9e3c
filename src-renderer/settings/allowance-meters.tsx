import type { QuotaGauge, QuotaGauges } from '../../src-shared/domain/quota.ts';
import { formatNumber } from '../ui/format.ts';
import { absoluteTime, futureTime } from '../ui/format-time.ts';
import { Meter } from '../ui/meter.tsx';
import { useNow } from '../ui/now.ts';
import styles from './allowance-meters.module.css';

const SPANS = [
  { span: 'minute', name: 'Minute' },
  { span: 'day', name: 'Day' },
  { span: 'month', name: 'Month' },
] as const;

/** How much of the key's allowance is used, and when it frees up. */
export function AllowanceMeters({ quota }: { readonly quota: QuotaGauges }) {
  return (
    <div className={styles.meters}>
      {SPANS.map(({ span, name }) => (
        <GaugeLine key={span} name={name} gauge={quota[span]} />
      ))}
    </div>
  );
}

function GaugeLine({ name, gauge }: { readonly name: string; readonly gauge: QuotaGauge }) {
  const now = useNow('second');
  return (
    <>
      <span>{name}</span>
      <Meter label={`${name} quota`} used={gauge.used} limit={gauge.limit} />
      <span className={styles.number}>
        {gauge.limit === null
          ? `${formatNumber(gauge.used)}, no limit`
          : `${formatNumber(gauge.used)} of ${formatNumber(gauge.limit)}`}
      </span>
      <span
        className={styles.resets}
        title={gauge.resetsAt === null ? undefined : absoluteTime(gauge.resetsAt)}
      >
        {gauge.resetsAt === null ? 'nothing used' : `frees up ${futureTime(gauge.resetsAt, now)}`}
      </span>
    </>
  );
}
