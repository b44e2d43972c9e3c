import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanDetail } from '../../../src-shared/ipc/scans.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Commands } from '../../ui/commands.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

type Deed = 'cancel' | 'suspend' | 'resume';

const DONE: Readonly<Record<Deed, string>> = {
  cancel: 'Told to stop.',
  suspend: 'Told to suspend.',
  resume: 'Told to go on.',
};

function act(client: ContractClient, deed: Deed, scanId: number): Promise<void> {
  return client.scans[deed]({ scanId });
}

export interface ScanDeeds {
  readonly run: (deed: Deed) => void;
  readonly isRunning: boolean;
  readonly failure: React.ReactNode;
}

/** What may still be done to a scan; why it was refused stands beside the evidence. */
export function useScanDeeds(scanId: number): ScanDeeds {
  const command = useCommand(async (client, deed: Deed) => {
    await act(client, deed, scanId);
    announce(DONE[deed]);
  });
  return {
    run: (deed) => void command.run(deed),
    isRunning: command.isRunning,
    failure: command.error && <ErrorNotice error={command.error} />,
  };
}

export function EvidenceActions({
  detail,
  deeds,
}: {
  readonly detail: ScanDetail;
  readonly deeds: ScanDeeds;
}) {
  const [isShowing, setShowing] = useState(false);
  const { can, exact } = detail;
  return (
    <>
      {exact.length > 0 && (
        <Button kind="plain" icon="terminal" onPress={() => setShowing(true)}>
          Show {exact.length === 1 ? 'request' : 'commands'}
        </Button>
      )}
      {can.resume && (
        <Button icon="resume" onPress={() => deeds.run('resume')} isDisabled={deeds.isRunning}>
          Resume
        </Button>
      )}
      {can.suspend && (
        <Button icon="pause" onPress={() => deeds.run('suspend')} isDisabled={deeds.isRunning}>
          Suspend
        </Button>
      )}
      {(can.stop || can.cancel) && (
        <Button kind="danger" onPress={() => deeds.run('cancel')} isDisabled={deeds.isRunning}>
          {can.stop ? 'Stop scan' : 'Cancel scan'}
        </Button>
      )}
      {isShowing && (
        <Dialog
          title="What was sent"
          size="wide"
          isOpen
          onClose={() => setShowing(false)}
          foot={<Button onPress={() => setShowing(false)}>Close</Button>}
        >
          <Commands lines={exact.map(visibleText)} what="request" />
        </Dialog>
      )}
    </>
  );
}
