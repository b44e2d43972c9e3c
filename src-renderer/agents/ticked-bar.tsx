import { choicesOfAgents } from '../app/scans/launch-draft.ts';
import { proposeScan } from '../app/scans/use-launch-draft.ts';
import { Button } from '../ui/button.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import styles from './ticked-bar.module.css';
import type { AgentListFilter } from './use-agents-address.ts';
import type { Ticks } from './use-ticks.ts';

interface TickedBarProps {
  readonly ticks: Ticks;
  readonly matching: number;
  readonly filter: AgentListFilter;
}

/** What can be done with the agents that are ticked. */
export function TickedBar({ ticks, matching, filter }: TickedBarProps) {
  const { agents } = ticks;
  if (agents.length === 0) return null;
  return (
    <section className={styles.bar} aria-label="Ticked agents">
      <span className={styles.count}>{countOf(agents.length, 'agent')} ticked</span>
      <Button
        kind="primary"
        size="small"
        icon="scans"
        onPress={() => proposeScan({ choices: choicesOfAgents(agents) })}
      >
        Scan {agents.length === 1 ? 'it' : 'them'}…
      </Button>
      {matching > agents.length && (
        <Button size="small" onPress={() => void ticks.tickAll(filter)}>
          Tick all {formatNumber(matching)}
        </Button>
      )}
      <Button size="small" kind="plain" onPress={ticks.clear}>
        Clear
      </Button>
    </section>
  );
}
