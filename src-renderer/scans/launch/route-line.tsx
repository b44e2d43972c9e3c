import { wayWords } from '../../app/scans/scan-words.ts';
import type { LaunchDraft } from '../../app/scans/launch-draft.ts';
import { Button } from '../../ui/button.tsx';
import { countOf } from '../../ui/format.ts';
import { Menu, type MenuChoice } from '../../ui/menu.tsx';
import { CheckLine } from './check-line.tsx';
import checks from './checks.module.css';
import { routeSentence, wayKey, type PlanSummary } from './plan-words.ts';

interface RouteLineProps {
  readonly plan: PlanSummary;
  readonly way: LaunchDraft['way'];
  readonly onWay: (way: LaunchDraft['way']) => void;
}

const BEST = 'best';

/** The way it takes, what that way suffers from, and the other ways. */
export function RouteLine({ plan, way, onWay }: RouteLineProps) {
  const { taken, offered, caveats, sendable } = plan;
  const choices: readonly MenuChoice[] = [
    { id: BEST, label: 'The best for each agent', isChosen: way === null },
    ...offered.map((other) => ({
      id: wayKey(other),
      label: wayWords(other),
      isChosen: way !== null && wayKey(way) === wayKey(other),
      ...(other.agents < sendable.length ? { hint: countOf(other.agents, 'agent') } : {}),
    })),
  ];
  const choose = (id: string) => {
    const chosen = offered.find((other) => wayKey(other) === id);
    onWay(chosen ? { route: chosen.route, program: chosen.program } : null);
  };
  return (
    <CheckLine name="Route" icon="terminal">
      <p>{routeSentence(taken)}</p>
      {caveats.length > 0 && (
        <ul className={checks.caveats} aria-label="What this way suffers from">
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      )}
      {(offered.length > 1 || way !== null) && (
        <p className={checks.act}>
          <Menu
            label="Route"
            trigger={<Button size="small">{way === null ? 'Choose another way' : 'Chosen by hand'}</Button>}
            groups={[{ id: 'way', title: 'Route', chooses: 'one', choices }]}
            onChoose={choose}
          />
        </p>
      )}
    </CheckLine>
  );
}
