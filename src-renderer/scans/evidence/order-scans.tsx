import type { ScanOrder, ScanRow } from '../../../src-shared/ipc/scans.ts';
import { scansHref } from '../../app/routes.ts';
import { ScanLines } from '../../app/scans/scan-lines.tsx';
import { stateCounts } from '../../app/scans/order-words.ts';
import { useQuery } from '../../app/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';

const SHOWN = 12;

/** The scans of an order that call for a look, then the others, up to a handful. */
export function OrderScans({ order }: { readonly order: ScanOrder }) {
  const query = useQuery(
    async (client, signal) => {
      const rows: ScanRow[] = [];
      for (const { state } of stateCounts(order.byState)) {
        const limit = SHOWN - rows.length;
        if (limit <= 0) break;
        const page = await client.scans.list(
          { filter: { orderId: order.id, states: [state] }, limit },
          { signal },
        );
        rows.push(...page.rows);
      }
      return rows;
    },
    ['order scans', order.id, order.byState],
    { everyMs: 2000 },
  );
  return (
    <div>
      {query.error && <ErrorNotice error={query.error} />}
      {query.data && <ScanLines rows={query.data} says="agent" />}
      <p>
        <Link href={scansHref({ isAll: true, order: order.id })} size="small">
          All {formatNumber(order.agents)} in a list
        </Link>
      </p>
    </div>
  );
}
