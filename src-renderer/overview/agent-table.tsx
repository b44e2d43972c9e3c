import { Link as AriaLink } from 'react-aria-components/Link';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentCounts, Overview } from '../../src-shared/ipc/overview.ts';
import { detectionsHref } from '../app/routes.ts';
import { classes } from '../ui/classes.ts';
import { Count } from '../ui/count.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countOf } from '../ui/format.ts';
import { Cell } from './cell.tsx';
import styles from './flush-table.module.css';

/** As many rows as the latest detections beside it. */
const SHOWN = 6;

export function AgentTable({ overview, days }: { readonly overview: Overview; readonly days: number }) {
  const { agentsTotal } = overview;
  const agents = overview.agents.filter(hasDetection).slice(0, SHOWN);
  return (
    <Cell title="Agents with detections" end={`${days} days`}>
      {agents.length === 0 ? (
        <EmptyState title={agentsTotal === 0 ? 'No agents yet' : 'No agent has a detection'}>
          {agentsTotal === 0
            ? 'An agent appears here with the first file of it that an engine detects.'
            : `${countOf(agentsTotal, 'agent')} reported files in all.`}
        </EmptyState>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Agent</th>
              <th className={classes(styles.figure, styles.number)}>Malicious</th>
              <th className={classes(styles.figure, styles.number)}>Suspicious</th>
              <th className={classes(styles.figure, styles.number)}>FIM events</th>
            </tr>
          </thead>
          <tbody>
            {agents.map(({ agentName, malicious, suspicious, fimEvents }) => (
              <tr key={agentName} className={styles.row}>
                <td className={styles.medium}>
                  <AriaLink
                    href={detectionsHref({ view: 'everything', agent: agentName })}
                    className={classes(styles.open)}
                  >
                    {visibleText(agentName)}
                  </AriaLink>
                </td>
                <td className={styles.number}>
                  <Count value={malicious} tone="malicious" />
                </td>
                <td className={styles.number}>
                  <Count value={suspicious} />
                </td>
                <td className={styles.number}>
                  <Count value={fimEvents} tone="soft" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Cell>
  );
}

function hasDetection({ malicious, suspicious }: AgentCounts): boolean {
  return malicious + suspicious > 0;
}
