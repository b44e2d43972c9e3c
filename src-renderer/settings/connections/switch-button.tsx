import type { ConnectionStatus } from '../../../src-shared/ipc/connections.ts';
import { waysOf } from '../../app/connections/connection-words.ts';
import { useReportFailure } from '../../app/report-failure.tsx';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';

/** Disconnects, and stays off until it is connected again; what was read stays. */
export function SwitchButton({ status }: { readonly status: ConnectionStatus }) {
  const { id: profileId, name } = status;
  const report = useReportFailure();
  const isOff = waysOf(status).every(({ state }) => state === 'off');
  const turn = useCommand(async (client) => {
    try {
      await (isOff
        ? client.connections.reconnect({ profileId })
        : client.connections.disconnect({ profileId }));
    } catch (error) {
      report(error);
    }
  });
  const verb = isOff ? 'Connect' : 'Disconnect';
  return (
    <Button
      size="small"
      isPending={turn.isRunning}
      aria-label={`${verb} ${visibleText(name)}`}
      onPress={() => void turn.run()}
    >
      {verb}
    </Button>
  );
}
