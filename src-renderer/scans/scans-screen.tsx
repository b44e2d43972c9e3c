import { useStatus } from '../app/backend-context.tsx';
import { scansHref } from '../app/routes.ts';
import { useRoute } from '../app/use-route.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { PageHead } from '../ui/page-head.tsx';
import { AllScans } from './history/all-scans.tsx';
import { ScansBoard } from './scans-board.tsx';
import type { AppStatus } from '../../src-shared/ipc/status.ts';

/** Starting scans and knowing what became of them. */
export function ScansScreen() {
  const { scans } = useStatus();
  const isAll = useRoute().part === 'all';
  return (
    <>
      <PageHead
        title="Scans"
        fact={factWords(scans)}
        actions={
          isAll ? (
            <ButtonLink icon="scans" href={scansHref()}>
              Launch a scan
            </ButtonLink>
          ) : (
            <ButtonLink icon="clock" href={scansHref({ isAll: true })}>
              All scans
            </ButtonLink>
          )
        }
      />
      {isAll ? <AllScans /> : <ScansBoard />}
    </>
  );
}

/** `1 running, 2 waiting`. */
function factWords({ running, waiting, needsYou }: AppStatus['scans']): string {
  const parts = [
    running > 0 ? `${formatNumber(running)} running` : '',
    waiting > 0 ? `${formatNumber(waiting)} waiting` : '',
    needsYou > 0 ? `${countOf(needsYou, 'order')} held` : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'none running' : parts.join(', ');
}
