import { useState } from 'react';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import type { AgentKes } from '../../../src-shared/ipc/scans.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQuery } from '../../app/use-query.ts';
import { announce } from '../../ui/announce.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { Definitions } from '../../ui/definitions.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { MISSING } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { Time } from '../../ui/time.tsx';
import { AccessDialog } from './access-dialog.tsx';
import { ByHandDialog } from './by-hand-dialog.tsx';
import styles from './kes-section.module.css';
import { accessWords, originWords, SCRIPT_MARKS, SCRIPT_WORDS } from './kes-words.ts';

/** KES on this agent: its version, our script, and how the agent is reached. */
export function KesSection({ row }: { readonly row: AgentRow }) {
  const { profile, agentId } = row;
  const query = useQuery(
    (client, signal) => client.scans.agentKes({ profile, agentId }, { signal }),
    ['kes of agent', profile, agentId],
    { everyMs: 2000 },
  );
  const kes = query.data;
  return (
    <section aria-label="Kaspersky Endpoint Security">
      <SectionHead
        title="Kaspersky Endpoint Security"
        {...(kes?.seenAt ? { fact: <Seen at={kes.seenAt} /> } : {})}
      />
      {query.error && <ErrorNotice error={query.error} />}
      {kes && <Facts kes={kes} row={row} />}
    </section>
  );
}

function Seen({ at }: { readonly at: string }) {
  return (
    <>
      looked <Time at={at} />
    </>
  );
}

function Facts({ kes, row }: { readonly kes: AgentKes; readonly row: AgentRow }) {
  const [open, setOpen] = useState<'access' | 'by-hand' | null>(null);
  const { access, kesVersion, script } = kes;
  const missing = kes.kinds.filter(({ state }) => state === 'absent' || state === 'replaced');
  return (
    <>
      <Definitions>
        <dt>Version</dt>
        <dd>{kesVersion === null ? 'not seen yet' : visibleText(kesVersion)}</dd>
        {missing.length > 0 && (
          <>
            <dt>Kinds</dt>
            <dd>
              {missing.map(({ kind, words }) => (
                <p key={kind}>
                  {KIND_WORDS[kind]}: {words}
                </p>
              ))}
            </dd>
          </>
        )}
        <dt>SSH to it</dt>
        <dd>
          {access.effective ? accessWords(access.effective) : MISSING}{' '}
          <span className={styles.soft}>{originWords(access)}</span>{' '}
          <TextButton onPress={() => setOpen('access')}>
            {access.effective ? 'Change' : 'Set it up'}
          </TextButton>
        </dd>
        <dt>Our script</dt>
        <dd>
          <span className={styles.state}>
            <Mark name={SCRIPT_MARKS[script]} />
            {SCRIPT_WORDS[script]}
          </span>
        </dd>
      </Definitions>
      <ScriptActions kes={kes} row={row} onByHand={() => setOpen('by-hand')} />
      {open === 'access' && <AccessDialog row={row} access={access} onClose={() => setOpen(null)} />}
      {open === 'by-hand' && <ByHandDialog profile={row.profile} onClose={() => setOpen(null)} />}
    </>
  );
}

interface ScriptActionsProps {
  readonly kes: AgentKes;
  readonly row: AgentRow;
  readonly onByHand: () => void;
}

/** The script lets results come back as alerts, without SSH; it is put there over SSH once, or by hand. */
function ScriptActions({ kes: { script, access }, row, onByHand }: ScriptActionsProps) {
  const { profile, agentId } = row;
  const install = useCommand(async (client) => {
    await client.scans.installScript({ profile, agentId });
    announce('The script is installed.');
  });
  const remove = useCommand(async (client) => {
    await client.scans.removeScript({ profile, agentId });
    announce('The script is removed.');
  });
  const error = install.error ?? remove.error;
  const canReach = access.effective !== null;
  return (
    <div className={styles.actions}>
      <p className={styles.soft}>With our script, results come back as alerts, without SSH to the agent.</p>
      <ButtonRow>
        {canReach && script !== 'installed' && (
          <Button size="small" onPress={() => void install.run()} isPending={install.isRunning}>
            {script === 'outdated' ? 'Update the script' : 'Install the script'}
          </Button>
        )}
        {canReach && (script === 'installed' || script === 'outdated') && (
          <Button size="small" kind="danger" onPress={() => void remove.run()} isPending={remove.isRunning}>
            Remove the script
          </Button>
        )}
        <Button size="small" kind="plain" icon="terminal" onPress={onByHand}>
          By hand
        </Button>
      </ButtonRow>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
