import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanOrder } from '../../../src-shared/ipc/scans.ts';
import { unsentCount } from '../../app/scans/order-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf, formatNumber } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';

/** The first agent did not end well: the others wait for a person. */
export function HeldNotice({ order }: { readonly order: ScanOrder }) {
  const { id, byState, heldBecause } = order;
  const left = unsentCount(byState);
  const goOn = useCommand(async (client) => {
    await client.scans.goOn({ orderId: id });
    announce(`It goes on with ${countOf(left, 'agent')}.`);
  });
  const cancel = useCommand(async (client) => {
    await client.scans.cancelOrder({ orderId: id });
    announce(`${countOf(left, 'scan')} taken back.`);
  });
  if (heldBecause === null || left === 0) return null;
  const error = goOn.error ?? cancel.error;
  return (
    <>
      <Notice
        tone="warning"
        title={`Held: ${formatNumber(left)} not sent`}
        actions={
          <>
            <Button
              size="small"
              onPress={() => void goOn.run()}
              isPending={goOn.isRunning}
              isDisabled={cancel.isRunning}
            >
              Go on with the other {formatNumber(left)}
            </Button>
            <Button
              size="small"
              kind="danger"
              onPress={() => void cancel.run()}
              isPending={cancel.isRunning}
              isDisabled={goOn.isRunning}
            >
              Cancel the rest
            </Button>
          </>
        }
      >
        {visibleText(heldBecause)}
      </Notice>
      {error && <ErrorNotice error={error} />}
    </>
  );
}
