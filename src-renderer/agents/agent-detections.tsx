import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { detectionsHref } from '../app/routes.ts';
import { useQuery } from '../app/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { LinkedLine } from '../ui/linked-line.tsx';
import { Path } from '../ui/path.tsx';
import { SectionHead } from '../ui/section-head.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import styles from './agent-detections.module.css';

const SHOWN = 8;

/** The newest files of this agent that an engine detects or suspects. */
export function AgentDetections({ agentName }: { readonly agentName: string }) {
  const query = useQuery(
    (client, signal) =>
      client.detections.list(
        { filter: { agentName, standings: ['malicious', 'suspicious'] }, limit: SHOWN },
        { signal },
      ),
    [agentName],
  );
  const rows = query.isPrevious ? undefined : query.data?.rows;
  return (
    <section aria-label="Newest detections">
      <SectionHead title="Newest detections" />
      {query.error && <ErrorNotice error={query.error} />}
      {rows === undefined && query.isSlow && <SkeletonRows rows={3} label="Reading its detections" />}
      {rows?.length === 0 && <p className={styles.none}>No engine detects or suspects a file of it.</p>}
      <ul>
        {rows?.map((row) => (
          <DetectionLine key={row.fileId} row={row} agentName={agentName} />
        ))}
      </ul>
    </section>
  );
}

function DetectionLine({ row, agentName }: { readonly row: DetectionRow; readonly agentName: string }) {
  const word = row.standing === 'malicious' ? 'Malicious' : 'Suspicious';
  return (
    <LinkedLine
      mark={row.standing}
      href={detectionsHref({ view: 'everything', agent: agentName, file: row.fileId })}
      label={`${word}: ${visibleText(row.path)}`}
      at={row.activityAt}
    >
      <Path path={row.path} />
    </LinkedLine>
  );
}
