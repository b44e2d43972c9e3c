import { useState } from 'react';
import type { AgentPreflight } from '../../../src-shared/ipc/scans.ts';
import type { ScanPick } from '../../app/routes.ts';
import { AgentKeyDialog } from '../../app/scans/agent-key-dialog.tsx';
import { chosenAgents, needsConsent, needsPath } from '../../app/scans/launch-draft.ts';
import { KIND_VERBS } from '../../app/scans/scan-words.ts';
import { useLaunchDraft } from '../../app/scans/use-launch-draft.ts';
import { useQuery } from '../../app/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf } from '../../ui/format.ts';
import { AgentPicker } from './agent-picker.tsx';
import { BeforeItStarts } from './before-it-starts.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { FleetFields } from './fleet-fields.tsx';
import { KindChoice } from './kind-choice.tsx';
import { KindTable } from './kind-table.tsx';
import styles from './launch-pane.module.css';
import { PathFields } from './path-fields.tsx';
import { Refusals } from './refusals.tsx';
import { RequestDialog } from './request-dialog.tsx';
import { useLaunch } from './use-launch.ts';
import { usePreflight } from './use-preflight.ts';

/** Which agents, which kind, what was found there, what would be sent; then it is sent. */
export function LaunchPane({ onLaunched }: { readonly onLaunched: (pick: ScanPick) => void }) {
  const [draft, change] = useLaunchDraft();
  const [isShowing, setShowing] = useState(false);
  const [comparing, setComparing] = useState<AgentPreflight | null>(null);
  const agents = chosenAgents(draft);
  const availability = useQuery(
    (client, signal) =>
      client.scans.availability(
        { agents: agents.map(({ profile, agentId }) => ({ profile, agentId })) },
        { signal },
      ),
    ['availability', agents.map(({ profile, agentId }) => `${profile}/${agentId}`)],
    { everyMs: 4000, isOff: agents.length === 0 },
  );
  const launch = useLaunch(draft, onLaunched);
  const preflight = usePreflight(launch.request, launch.planned);
  const { plan, problems } = launch;
  const verb = `${KIND_VERBS[draft.kind]} on ${countOf(plan?.sendable.length ?? agents.length, 'agent')}`;
  const isRefused = plan !== null && plan.sendable.length === 0;
  return (
    <section className={styles.pane} aria-label="Launch a scan">
      <div className={styles.body}>
        <h2 className={styles.title}>Launch a scan</h2>
        <AgentPicker draft={draft} problem={problems.agents} onChange={change} />
        <div className={styles.group}>
          <div className={styles.head}>
            <span className={styles.label}>Kind</span>
            <KindTable />
          </div>
          <KindChoice
            kind={draft.kind}
            onChange={(kind) => change({ kind })}
            availability={agents.length === 0 ? [] : (availability.data ?? [])}
          />
        </div>
        {needsPath(draft.kind) && <PathFields draft={draft} problem={problems.path} onChange={change} />}
        {plan && <Refusals groups={plan.refused} of={agents.length} />}
        {launch.planQuery.error && launch.request && <ErrorNotice error={launch.planQuery.error} />}
        {plan && (
          <BeforeItStarts
            draft={draft}
            preflight={preflight}
            plan={plan}
            onWay={(way) => change({ way })}
            onCompare={setComparing}
          />
        )}
        {agents.length > 0 && needsConsent(draft) && (
          <div className={styles.consent}>
            <Checkbox
              isSelected={draft.acceptsHarm}
              isInvalid={problems.consent !== null}
              onChange={(acceptsHarm) => change({ acceptsHarm })}
            >
              KES may disinfect and delete files on {agents.length === 1 ? 'this agent' : 'these agents'}
            </Checkbox>
            {problems.consent && <p className={styles.problem}>{problems.consent}</p>}
          </div>
        )}
        <FleetFields
          rules={draft.rules}
          agents={agents.length}
          onChange={(rules) => change({ rules, acceptsHarm: draft.acceptsHarm })}
        />
      </div>
      <div className={styles.foot}>
        {launch.error && !launch.isConfirming && <ErrorNotice error={launch.error} />}
        <div className={styles.actions}>
          <Button
            kind="primary"
            onPress={launch.press}
            isPending={launch.isConfirming ? plan === null : launch.isRunning}
            isDisabled={isRefused}
          >
            {agents.length === 0 ? KIND_VERBS[draft.kind] : verb}
          </Button>
          {plan && plan.sendable.length > 0 && (
            <Button kind="plain" icon="terminal" onPress={() => setShowing(true)}>
              Show request
            </Button>
          )}
          {isRefused && <span className={styles.why}>See above why it cannot be sent.</span>}
        </div>
      </div>
      {isShowing && plan && <RequestDialog plan={plan} onClose={() => setShowing(false)} />}
      {launch.isConfirming && plan && plan.sendable.length > 0 && (
        <ConfirmDialog
          draft={draft}
          plan={plan}
          verb={verb}
          isRunning={launch.isRunning}
          error={launch.error}
          onConfirm={launch.confirm}
          onClose={launch.stopConfirming}
        />
      )}
      {comparing && (
        <AgentKeyDialog agent={comparing} onTrusted={preflight.look} onClose={() => setComparing(null)} />
      )}
    </section>
  );
}
