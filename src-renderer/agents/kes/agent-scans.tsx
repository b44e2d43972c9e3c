import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import { scansHref } from '../../app/routes.ts';
import { ScanLines } from '../../app/scans/scan-lines.tsx';
import { useQuery } from '../../app/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Link } from '../../ui/link.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import styles from './kes-section.module.css';

const SHOWN = 6;

/** The newest scans of this agent, also those that its manager started by itself. */
export function AgentScans({ row: { profile, agentId } }: { readonly row: AgentRow }) {
  const query = useQuery(
    (client, signal) => client.scans.ofAgent({ profile, agentId, limit: SHOWN }, { signal }),
    ['scans of agent', profile, agentId],
    { everyMs: 2000 },
  );
  const rows = query.isPrevious ? undefined : query.data;
  return (
    <section aria-label="Its scans">
      <SectionHead
        title="Its scans"
        end={
          <Link href={scansHref({ isAll: true, agent: { profile, agentId } })} size="small">
            All of them
          </Link>
        }
      />
      {query.error && <ErrorNotice error={query.error} />}
      {rows?.length === 0 && <p className={styles.soft}>None was asked for or seen.</p>}
      {rows && <ScanLines rows={rows} says="kind" />}
    </section>
  );
}
