import { parseRoute, readScanPick, scansHref, type ScanPick } from '../app/routes.ts';
import { useQuery } from '../app/use-query.ts';
import { navigate, useRoute } from '../app/use-route.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { EvidencePane } from './evidence/evidence-pane.tsx';
import { firstPick, readLatest } from './history/latest-entries.ts';
import { LatestScans } from './history/latest-scans.tsx';
import { LaunchPane } from './launch/launch-pane.tsx';
import styles from './scans-board.module.css';

/** The form on the left; on the right the evidence of one scan, and the newest scans under it. */
export function ScansBoard() {
  const asked = readScanPick(useRoute().params);
  const latest = useQuery((client, signal) => readLatest(client, signal), [], { everyMs: 1500 });
  const entries = latest.data?.entries ?? [];
  const pick = asked ?? firstPick(entries);
  return (
    <div className={styles.split}>
      <LaunchPane onLaunched={showLaunched} />
      <section className={styles.pane} aria-label="Evidence">
        {latest.error && (
          <div className={styles.notice}>
            <ErrorNotice
              error={latest.error}
              actions={
                <Button size="small" icon="again" onPress={latest.reload}>
                  Read the scans again
                </Button>
              }
            />
          </div>
        )}
        {!latest.data && latest.isSlow && (
          <div className={styles.notice}>
            <SkeletonRows rows={8} label="Reading the scans from the store" />
          </div>
        )}
        {pick && <EvidencePane pick={{ kind: pick.kind, id: pick.id }} />}
        {latest.data && entries.length === 0 && !asked && (
          <div className={styles.empty}>
            <EmptyState title="No scans yet">
              Choose an agent and a kind. What is seen of the scan stands here: asked for, sent, started, its
              result, and what was not seen.
            </EmptyState>
          </div>
        )}
        {latest.data && entries.length > 0 && (
          <LatestScans
            latest={latest.data}
            selected={pick && { kind: pick.kind, id: pick.id }}
            onPick={show}
          />
        )}
      </section>
    </div>
  );
}

function show(pick: ScanPick): void {
  navigate(scansHref({ pick }), { replace: true });
}

/** Whoever has left while it was being sent is not fetched back. */
function showLaunched(pick: ScanPick): void {
  const { place, part } = parseRoute(window.location.hash);
  if (place === 'scans' && part === null) show(pick);
}
