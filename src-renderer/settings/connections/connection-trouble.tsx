import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionStatus, WayStatus } from '../../../src-shared/ipc/connections.ts';
import { waysOf } from '../../app/connections/connection-words.ts';
import { needWords, openNeeds } from '../../app/connections/needs.ts';
import { useOpenNeed } from '../../app/connections/open-need.tsx';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { futureTime } from '../../ui/format-time.ts';
import { Notice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/now.ts';

/** Beside its connection: what it waits for a person to decide, and what else keeps it, with what to do. */
export function ConnectionTrouble({ status }: { readonly status: ConnectionStatus }) {
  const openNeed = useOpenNeed();
  return (
    <>
      {openNeeds([status]).map((open) => {
        const { title, words, verb, isAlarm } = needWords(open);
        return (
          <Notice
            key={open.key}
            tone={isAlarm ? 'error' : 'waiting'}
            title={title}
            actions={
              <Button size="small" onPress={() => openNeed(open.key)}>
                {verb}
              </Button>
            }
          >
            {words}
          </Notice>
        );
      })}
      {waysOf(status)
        .filter(({ need, error }) => need === null && error !== null)
        .map((way) => (
          <WayError key={way.error?.code} way={way} profileId={status.id} />
        ))}
    </>
  );
}

function WayError({ way, profileId }: { readonly way: WayStatus; readonly profileId: number }) {
  const now = useNow('second');
  const reconnect = useCommand((client) => client.connections.reconnect({ profileId }));
  const { error, retryAt, state } = way;
  if (error === null) return null;
  const isWaiting = state === 'waiting';
  return (
    <Notice
      tone={isWaiting ? 'plain' : 'error'}
      mark="failed"
      title={visibleText(error.message)}
      actions={
        (isWaiting || state === 'stopped') && (
          <Button
            size="small"
            icon="again"
            isPending={reconnect.isRunning}
            onPress={() => void reconnect.run()}
          >
            Try now
          </Button>
        )
      }
    >
      {visibleText(error.remedy)}
      {isWaiting && retryAt !== null && (
        <span aria-hidden="true"> Tried again {futureTime(retryAt, now)}.</span>
      )}
    </Notice>
  );
}
