import { Link as AriaLink } from 'react-aria-components/Link';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import type { Overview } from '../../src-shared/ipc/overview.ts';
import { checkHref, detectionsHref } from '../app/routes.ts';
import { AgentName } from '../ui/agent-name.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { EngineCount } from '../ui/engine-count.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { Link } from '../ui/link.tsx';
import { Outcome } from '../ui/outcome.tsx';
import { Path } from '../ui/path.tsx';
import { Time } from '../ui/time.tsx';
import { Cell } from './cell.tsx';
import styles from './flush-table.module.css';

export function LatestDetections({ overview }: { readonly overview: Overview }) {
  const { latest, detectionsTotal } = overview;
  return (
    <Cell
      title="Latest detections"
      end={
        detectionsTotal > 0 && (
          <Link
            href={detectionsHref({ view: 'everything', outcome: ['malicious', 'suspicious'] })}
            size="small"
            aria-label={`All ${countOf(detectionsTotal, 'detection')}`}
          >
            All {formatNumber(detectionsTotal)}
          </Link>
        )
      }
    >
      {latest.length === 0 ? (
        <NoDetections overview={overview} />
      ) : (
        <Table rows={latest.toSorted(newestJudgedFirst)} />
      )}
    </Cell>
  );
}

/** The list comes by activity; the column beside it says when each was judged. */
function newestJudgedFirst(a: DetectionRow, b: DetectionRow): number {
  return (b.judgedAt ?? '').localeCompare(a.judgedAt ?? '');
}

function Table({ rows }: { readonly rows: readonly DetectionRow[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th className={styles.outcome}>Verdict</th>
          <th className={classes(styles.engines, styles.number)}>Engines</th>
          <th>File</th>
          <th className={styles.agent}>Agent</th>
          <th className={classes(styles.seen, styles.number)}>Judged</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.fileId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: DetectionRow }) {
  return (
    <tr className={styles.row}>
      <td>
        <Outcome standing={row.standing} />
      </td>
      <td className={styles.number}>
        <EngineCount {...row} />
      </td>
      <td>
        <AriaLink
          href={detectionsHref({ view: 'everything', file: row.fileId })}
          className={classes(styles.open)}
        >
          <Path path={row.path} />
        </AriaLink>
      </td>
      <td className={styles.agent}>
        <AgentName name={row.agentName} count={row.agentCount} />
      </td>
      <td className={classes(styles.number, styles.soft)}>
        {row.judgedAt !== null && <Time at={row.judgedAt} />}
      </td>
    </tr>
  );
}

function NoDetections({ overview }: { readonly overview: Overview }) {
  const { agentsTotal, filesJudged } = overview;
  const seen =
    agentsTotal === 0
      ? 'No file has been reported yet.'
      : `${countOf(agentsTotal, 'agent')} reported files and ${countOf(filesJudged, 'file')} ${filesJudged === 1 ? 'has' : 'have'} a verdict.`;
  return (
    <EmptyState
      title="No detections yet"
      actions={
        <ButtonLink href={checkHref()} icon="search">
          Check a file or hash
        </ButtonLink>
      }
    >
      {seen} A file that an engine detects appears here.
    </EmptyState>
  );
}
