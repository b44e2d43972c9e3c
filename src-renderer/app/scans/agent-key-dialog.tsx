import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentPreflight } from '../../../src-shared/ipc/scans.ts';
import { ChangedHostKeyDialog, HostKeyUnknown } from '../connections/host-key-dialogs.tsx';

interface AgentKeyDialogProps {
  readonly agent: AgentPreflight;
  /** The key is trusted, or may be by now: looks at the agent once more. */
  readonly onTrusted: () => void;
  readonly onClose: () => void;
}

/** An agent shows a host key that is not trusted: the same comparison as with a manager. */
export function AgentKeyDialog({ agent, onTrusted, onClose }: AgentKeyDialogProps) {
  const need = agent.problem?.need;
  const done = () => {
    onClose();
    onTrusted();
  };
  if (!need) return null;
  const common = { name: visibleText(agent.agentName), onClose };
  if (need.kind === 'host-key-unknown') return <HostKeyUnknown {...common} need={need} onAccepted={done} />;
  return <ChangedHostKeyDialog {...common} need={need} again={async () => done()} />;
}
