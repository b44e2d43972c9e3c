import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentPreflight, ScanDetail } from '../../../src-shared/ipc/scans.ts';
import { AgentKeyDialog } from '../../app/scans/agent-key-dialog.tsx';
import { choiceOfAgent } from '../../app/scans/launch-draft.ts';
import { proposeScan } from '../../app/scans/use-launch-draft.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A scan over SSH that failed: the agent is looked at once more, and a host key that is not trusted can be compared. */
export function AgentKeyTrouble({ detail: { row, originFileId } }: { readonly detail: ScanDetail }) {
  const { profile, agentId, agentName, kind, path, action } = row;
  const [looked, setLooked] = useState<AgentPreflight | null>(null);
  const [isComparing, setComparing] = useState(false);
  const look = useCommand(async (client) => {
    const [found] = await client.scans.preflight({ agents: [{ profile, agentId }], kind, path, action });
    setLooked(found ?? null);
    setComparing(found?.problem?.need !== undefined);
  });
  const again = () =>
    proposeScan({
      choices: [choiceOfAgent({ profile, agentId, name: agentName })],
      kind,
      path: path ?? '',
      action,
      origin: originFileId === null ? null : { fileId: originFileId, name: path ?? '' },
    });
  const problem = looked?.problem;
  return (
    <Notice
      tone={problem ? 'error' : 'plain'}
      title={
        problem ? visibleText(problem.message) : looked ? 'The agent can be reached' : 'It can be tried again'
      }
      actions={
        <>
          <Button size="small" onPress={again}>
            Scan again…
          </Button>
          {row.route === 'agent-ssh' &&
            (problem?.need ? (
              <Button size="small" onPress={() => setComparing(true)}>
                Compare the key
              </Button>
            ) : (
              <Button size="small" onPress={() => void look.run()} isPending={look.isRunning}>
                Look at the agent now
              </Button>
            ))}
        </>
      }
    >
      {problem ? visibleText(problem.remedy) : 'Nothing is sent before you send it.'}
      {look.error && <ErrorNotice error={look.error} />}
      {isComparing && looked && (
        <AgentKeyDialog
          agent={looked}
          onTrusted={() => void look.run()}
          onClose={() => setComparing(false)}
        />
      )}
    </Notice>
  );
}
