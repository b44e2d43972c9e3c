import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentPreflight, PreflightFact } from '../../../src-shared/ipc/scans.ts';
import { needsConsent, type LaunchDraft } from '../../app/scans/launch-draft.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf } from '../../ui/format.ts';
import { TextButton } from '../../ui/text-button.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './before-it-starts.module.css';
import { CheckLine } from './check-line.tsx';
import checks from './checks.module.css';
import { isActionKnown, listed, mergePreflight, unseenOf, type Unseen } from './merge-preflight.ts';
import type { PlanSummary } from './plan-words.ts';
import { RouteLine } from './route-line.tsx';
import type { Preflight } from './use-preflight.ts';

interface BeforeProps {
  readonly draft: LaunchDraft;
  readonly preflight: Preflight;
  readonly plan: PlanSummary;
  readonly onWay: (way: LaunchDraft['way']) => void;
  /** A host key of an agent is to be compared. */
  readonly onCompare: (agent: AgentPreflight) => void;
}

export const FACT_NAMES: Readonly<Record<PreflightFact['what'], string>> = {
  installed: 'KES',
  service: 'Service',
  databases: 'Databases',
  licence: 'Licence',
  action: 'On detection',
  task: 'Task',
  'running-tasks': 'Other scans',
  load: 'Load',
  disk: 'Free disk',
  policy: 'Policy',
};

/** What was found on the agents before anything is sent, worst first, and the way it would take. */
export function BeforeItStarts({ draft, preflight, plan, onWay, onCompare }: BeforeProps) {
  const { looked, error } = preflight;
  const facts = mergePreflight(looked ?? []);
  const chosen = plan.sendable.length;
  const isUnread = chosen > 0 && needsConsent(draft) && !isActionKnown(looked ?? [], chosen);
  const isTold = facts.some(({ what, state }) => what === 'action' && state === 'warns');
  return (
    <section aria-labelledby="before-it-starts" className={styles.before}>
      <div className={styles.head}>
        <h3 id="before-it-starts" className={styles.label}>
          Before it starts
        </h3>
        <LookedWords preflight={preflight} chosen={chosen} />
      </div>
      <ul className={checks.checks}>
        {isUnread && !isTold && (
          <CheckLine name="KES will act" tone="warns">
            What it does on a detection was not read; by default it disinfects, else deletes. Full scans that
            disinfect have damaged hosts.
          </CheckLine>
        )}
        {facts.map(({ what, state, words }) => (
          <CheckLine
            key={what}
            name={what === 'action' && state === 'warns' ? 'KES will act' : FACT_NAMES[what]}
            tone={state}
          >
            {words.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </CheckLine>
        ))}
        {unseenOf(looked ?? []).map((unseen) => (
          <UnseenLine key={unseen.message} unseen={unseen} onCompare={onCompare} />
        ))}
        {plan.sendable.length > 0 && <RouteLine plan={plan} way={draft.way} onWay={onWay} />}
      </ul>
      {error && <ErrorNotice error={error} />}
    </section>
  );
}

function UnseenLine({
  unseen,
  onCompare,
}: {
  readonly unseen: Unseen;
  readonly onCompare: (agent: AgentPreflight) => void;
}) {
  const { agents, message, remedy } = unseen;
  const asking = agents.find(({ problem }) => problem?.need);
  return (
    <CheckLine name="Not read" tone="not-seen">
      <p>
        {listed(agents.map(({ agentName }) => visibleText(agentName)))}: {visibleText(message)}{' '}
        {visibleText(remedy)}
      </p>
      {asking && (
        <p className={checks.act}>
          <Button size="small" onPress={() => onCompare(asking)}>
            Compare the key
          </Button>
        </p>
      )}
    </CheckLine>
  );
}

/** `read from both agents, just now`, and how to look again. */
function LookedWords({ preflight, chosen }: { readonly preflight: Preflight; readonly chosen: number }) {
  const { looked, at, isLooking, reachable, look } = preflight;
  if (isLooking) return <span className={styles.fact}>Looking at {countOf(reachable, 'agent')}</span>;
  if (looked && at !== null) {
    const read = looked.filter(({ problem }) => problem === null).length;
    return (
      <span className={styles.fact}>
        read from {readWords(read, chosen)}, <Time at={at} /> ·{' '}
        <TextButton onPress={look}>Look again</TextButton>
      </span>
    );
  }
  if (chosen === 0) return null;
  if (reachable === 0) return <span className={styles.fact}>not read: no SSH access to agents</span>;
  return (
    <span className={styles.fact}>
      <TextButton onPress={look}>Look at {countOf(reachable, 'agent')} now</TextButton>
    </span>
  );
}

function readWords(read: number, of: number): string {
  if (read < of) return `${read} of ${countOf(of, 'agent')}`;
  if (of === 1) return 'the agent';
  return of === 2 ? 'both agents' : `all ${countOf(of, 'agent')}`;
}
