import { useQuery } from '../../app/use-query.ts';
import { orderMark, orderSum } from '../../app/scans/order-words.ts';
import { Mark } from '../../ui/mark.tsx';
import { HeldNotice } from '../evidence/held-notice.tsx';
import styles from './order-band.module.css';

/** Above the scans of one order: their sum, and what it waits for. */
export function OrderBand({ orderId }: { readonly orderId: number }) {
  const { data } = useQuery(
    (client, signal) => client.scans.order({ orderId }, { signal }),
    ['order', orderId],
    { everyMs: 1500 },
  );
  if (!data) return null;
  return (
    <div className={styles.band}>
      <p className={styles.sum}>
        <Mark name={orderMark(data)} />
        {orderSum(data)}
      </p>
      <HeldNotice order={data} />
    </div>
  );
}
