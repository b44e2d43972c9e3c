import type { Ref } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentRow } from '../../src-shared/ipc/agents.ts';
import { detectionsHref } from '../app/routes.ts';
import { choiceOfAgent } from '../app/scans/launch-draft.ts';
import { proposeScan } from '../app/scans/use-launch-draft.ts';
import { useQuery } from '../app/use-query.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Button } from '../ui/button.tsx';
import { DrawerHead } from '../ui/drawer-head.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { AgentDetections } from './agent-detections.tsx';
import { AgentFacts, AgentFigures } from './agent-facts.tsx';
import { agentKey, STATUS_MARKS, STATUS_WORDS, systemWords } from './agent-words.ts';
import styles from './agent-drawer.module.css';
import { AgentScans } from './kes/agent-scans.tsx';
import { KesSection } from './kes/kes-section.tsx';
import type { AgentId } from './use-agents-address.ts';

interface AgentDrawerProps {
  readonly id: AgentId;
  /** As the list knows it; null when it is not in there. */
  readonly known: AgentRow | null;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  readonly onStep: ((by: 1 | -1) => void) | null;
  readonly ref: Ref<HTMLElement>;
}

/** One agent: what its manager tells of it, and what was found on it. */
export function AgentDrawer({ ref, id, known, onKey, onClose, onStep }: AgentDrawerProps) {
  const { profile, agentId } = id;
  const query = useQuery(
    (client, signal) => client.agents.get({ profile, agentId }, { signal }),
    [profile, agentId],
    { isOff: known !== null },
  );
  const asked = query.isPrevious ? undefined : query.data;
  const row = known ?? asked ?? null;
  return (
    <Drawer
      ref={ref}
      label={row ? `About ${visibleText(row.name)}` : 'About this agent'}
      onClose={onClose}
      onKey={onKey}
      head={<Head row={row} onClose={onClose} onStep={onStep} />}
      foot={
        row && (
          <>
            <ButtonLink
              kind="primary"
              icon="detections"
              href={detectionsHref({ view: 'everything', agent: row.name })}
            >
              Show its detections
            </ButtonLink>
            {row.profileId !== null && (
              <Button icon="scans" onPress={() => proposeScan({ choices: [choiceOfAgent(row)] })}>
                Scan it…
              </Button>
            )}
          </>
        )
      }
    >
      {query.error && known === null && (
        <section>
          <ErrorNotice error={query.error} />
        </section>
      )}
      {row && <AgentFigures row={row} />}
      {row && <AgentFacts row={row} />}
      {row && <AgentDetections agentName={row.name} />}
      {row && row.profileId !== null && <KesSection key={agentKey(row)} row={row} />}
      {row && row.profileId !== null && <AgentScans row={row} />}
      {known === null && asked === null && (
        <section>
          <Notice tone="plain" title="This agent is not known here">
            Its manager does not list it any more, or the address comes from another data folder.
          </Notice>
        </section>
      )}
      {row === null && query.isSlow && (
        <section>
          <SkeletonRows rows={5} label="Reading this agent from the store" />
        </section>
      )}
    </Drawer>
  );
}

function Head({
  row,
  ...steps
}: { readonly row: AgentRow | null } & Pick<AgentDrawerProps, 'onClose' | 'onStep'>) {
  return (
    <DrawerHead
      noun="agent"
      state={
        row && (
          <span className={styles.status}>
            <Mark name={STATUS_MARKS[row.status]} />
            {STATUS_WORDS[row.status]}
          </span>
        )
      }
      name={row && visibleText(row.name)}
      where={row ? whereWords(row) : ''}
      {...steps}
    />
  );
}

function whereWords(row: AgentRow): string {
  return [`agent ${visibleText(row.agentId)}`, systemWords(row), visibleText(row.profile)]
    .filter(Boolean)
    .join(' · ');
}
