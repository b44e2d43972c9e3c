import { useState } from 'react';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { connectionsHref } from '../../app/routes.ts';
import { useCommand } from '../../app/use-command.ts';
import { navigate } from '../../app/use-route.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import styles from './trust-group.module.css';

/** Says what goes and what stays before it goes. */
export function RemoveButton({ profile }: { readonly profile: ConnectionProfile }) {
  const [isAsking, setAsking] = useState(false);
  const name = visibleText(profile.name);
  const remove = useCommand(async (client) => {
    await client.connections.remove({ profileId: profile.id });
    announce(`${name} is removed.`);
    navigate(connectionsHref(), { replace: true });
  });
  return (
    <>
      <Button kind="danger" size="small" onPress={() => setAsking(true)}>
        Remove…
      </Button>
      <Dialog
        title={`Remove ${name}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button kind="danger" isPending={remove.isRunning} onPress={() => void remove.run()}>
              Remove {name}
            </Button>
            <Button onPress={() => setAsking(false)}>Keep it</Button>
          </>
        }
      >
        <p className={styles.words}>
          Its alerts are no longer followed. Its passwords, and the keys that no other connection uses, are
          forgotten. Events and verdicts stay.
        </p>
        {remove.error && <ErrorNotice error={remove.error} />}
      </Dialog>
    </>
  );
}
