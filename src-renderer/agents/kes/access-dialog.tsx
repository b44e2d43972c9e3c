import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import type { AgentAccess, AgentKes } from '../../../src-shared/ipc/scans.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Segments } from '../../ui/segments.tsx';
import {
  accessOf,
  draftOf,
  isFine,
  problemsOf,
  secretsOf,
  type AccessDraft,
  type AccessProblems,
} from './access-draft.ts';
import { AccessFields } from './access-fields.tsx';
import styles from './access-dialog.module.css';

interface AccessDialogProps {
  readonly row: AgentRow;
  readonly access: AgentKes['access'];
  readonly onClose: () => void;
}

type Whose = 'template' | 'own';
type Mode = 'on' | 'off' | 'as-template';

const NO_PROBLEMS: AccessProblems = { host: null, port: null, user: null, methods: null, keyPath: null };

/** SSH to this agent, or to all agents of its connection: the template that counts where an agent has none of its own. */
export function AccessDialog({ row, access, onClose }: AccessDialogProps) {
  const [whose, setWhose] = useState<Whose>(access.own ? 'own' : 'template');
  return (
    <Form
      key={whose}
      row={row}
      known={whose === 'own' ? access.own : access.template}
      template={access.template}
      whose={whose}
      onWhose={setWhose}
      onClose={onClose}
    />
  );
}

interface FormProps {
  readonly row: AgentRow;
  readonly known: AgentAccess | null;
  readonly template: AgentAccess | null;
  readonly whose: Whose;
  readonly onWhose: (whose: Whose) => void;
  readonly onClose: () => void;
}

function Form({ row, known, template, whose, onWhose, onClose }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf(known ?? template));
  const [mode, setMode] = useState<Mode>(() => modeOf(known, whose));
  const [isTold, setTold] = useState(false);
  const problems = problemsOf(draft);
  const name = visibleText(row.name);
  const save = useCommand(async (client) => {
    await client.scans.setAgentAccess({
      profile: row.profile,
      agentId: whose === 'own' ? row.agentId : null,
      access: wanted(draft, mode),
      secrets: mode === 'on' ? secretsOf(draft) : {},
    });
    announce('The SSH access is saved.');
    onClose();
  });
  const submit = () => {
    setTold(true);
    if (mode !== 'on' || isFine(problems)) void save.run();
  };
  return (
    <Dialog
      title="SSH to agents"
      size="wide"
      isOpen
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button kind="primary" type="submit" isPending={save.isRunning}>
            Save
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </>
      }
    >
      <Segments
        label="Whose access"
        segments={[
          { value: 'template', label: `All agents of ${visibleText(row.profile)}` },
          { value: 'own', label: `Only ${name}` },
        ]}
        value={whose}
        onChange={onWhose}
      />
      <Segments<Mode>
        label="Whether it is reached by SSH"
        segments={whose === 'own' ? OWN_MODES : TEMPLATE_MODES}
        value={mode}
        onChange={setMode}
      />
      <p className={styles.words}>{modeWords(mode, whose)}</p>
      {mode === 'on' && (
        <AccessFields
          draft={draft}
          problems={isTold ? problems : NO_PROBLEMS}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
      )}
      {save.error && <ErrorNotice error={save.error} />}
    </Dialog>
  );
}

/** What is off keeps what was entered, as far as it is of use. */
function wanted(draft: AccessDraft, mode: Mode) {
  if (mode === 'as-template') return null;
  const usable = mode === 'on' || isFine(problemsOf(draft)) ? draft : { ...draft, ...SWITCHED_OFF };
  const access = accessOf(usable, mode === 'on');
  return { ...access, methods: [...access.methods] };
}
const SWITCHED_OFF = { host: '{ip}', port: '22', user: 'root', methods: ['agent'], keyPath: '' } as const;

const TEMPLATE_MODES = [
  { value: 'on', label: 'Reach them by SSH' },
  { value: 'off', label: 'Do not' },
] as const;
const OWN_MODES = [
  { value: 'as-template', label: 'As all agents' },
  { value: 'on', label: 'Access of its own' },
  { value: 'off', label: 'None' },
] as const;

function modeOf(known: AgentAccess | null, whose: Whose): Mode {
  if (known) return known.isOn ? 'on' : 'off';
  return whose === 'own' ? 'as-template' : 'on';
}

function modeWords(mode: Mode, whose: Whose): string {
  if (mode === 'as-template') return 'The access of all agents counts for this one, too.';
  if (mode === 'off') {
    return whose === 'own'
      ? 'This agent is not reached by SSH, whatever counts for the others.'
      : 'Agents without access of their own are not reached by SSH.';
  }
  return 'Over SSH a scan’s progress and result are seen, and the agent is looked at before it starts.';
}
