import type { ScanPick } from '../../app/routes.ts';
import { useQuery } from '../../app/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './evidence-pane.module.css';
import { OrderEvidence } from './order-evidence.tsx';
import { ScanEvidence } from './scan-evidence.tsx';

/** Everything that was seen of one scan, or the sum of an order; asked again as more is seen. */
export function EvidencePane({ pick }: { readonly pick: ScanPick }) {
  return pick.kind === 'scan' ? (
    <OfScan key={pick.id} id={pick.id} />
  ) : (
    <OfOrder key={pick.id} id={pick.id} />
  );
}

function OfScan({ id }: { readonly id: number }) {
  const query = useQuery((client, signal) => client.scans.get({ scanId: id }, { signal }), [id]);
  return (
    <Frame query={query}>
      {query.data && <ScanEvidence detail={query.data} />}
      {query.data === null && <Gone what="scan" />}
    </Frame>
  );
}

function OfOrder({ id }: { readonly id: number }) {
  const query = useQuery((client, signal) => client.scans.order({ orderId: id }, { signal }), [id]);
  return (
    <Frame query={query}>
      {query.data && <OrderEvidence order={query.data} />}
      {query.data === null && <Gone what="order" />}
    </Frame>
  );
}

interface FrameProps {
  readonly query: Pick<ReturnType<typeof useQuery>, 'error' | 'isSlow' | 'data' | 'reload'>;
  readonly children: React.ReactNode;
}

function Frame({ query, children }: FrameProps) {
  return (
    <div className={styles.scroll}>
      {query.error && (
        <div className={styles.notice}>
          <ErrorNotice
            error={query.error}
            actions={
              <Button size="small" icon="again" onPress={query.reload}>
                Read it again
              </Button>
            }
          />
        </div>
      )}
      {query.data === undefined && query.isSlow && (
        <div className={styles.notice}>
          <SkeletonRows rows={5} label="Reading what was seen" />
        </div>
      )}
      {children}
    </div>
  );
}

function Gone({ what }: { readonly what: 'scan' | 'order' }) {
  return (
    <div className={styles.notice}>
      <Notice tone="plain" title={`There is no such ${what} here`}>
        The address may come from another data folder.
      </Notice>
    </div>
  );
}
