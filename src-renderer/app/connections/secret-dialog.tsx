import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { useCommand } from '../use-command.ts';
import { useQuery } from '../use-query.ts';
import { settingsHref } from '../routes.ts';
import { Link } from '../../ui/link.tsx';
import styles from './compare.module.css';
import type { NeedDialogProps } from './need-of.ts';
import { needWords, secretNoun } from './needs.ts';

/** A password or passphrase that the connection needs and that is not kept, or that was turned down. */
export function SecretDialog({ profileId, name, need, onClose }: NeedDialogProps<'secret'>) {
  const [value, setValue] = useState('');
  const [keep, setKeep] = useState(false);
  const [wasTried, setTried] = useState(false);
  const { data: settings } = useQuery((client, signal) => client.settings.get(undefined, { signal }), []);
  const give = useCommand((client) =>
    client.connections.giveSecret({ profileId, secret: need.secret, value, keep }),
  );
  const submit = async () => {
    setTried(true);
    if (value === '') return;
    await give.run();
    setValue('');
    setTried(false);
  };
  const noun = secretNoun(need.secret);
  const { title, words } = needWords({ name, need });
  const place = settings?.secrets;
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button kind="primary" type="submit" isPending={give.isRunning}>
            Connect
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      <p className={styles.lead}>{words}</p>
      <PasswordField
        label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)}`}
        value={value}
        onChange={setValue}
        error={wasTried && value === '' ? 'Nothing is entered.' : null}
        startsFocused
        maxLength={4096}
      />
      {place?.isLocked ? (
        <p className={styles.words}>
          The vault is locked, so it is used now and not kept.{' '}
          <Link href={settingsHref('virustotal')} size="small">
            Unlock the vault
          </Link>
        </p>
      ) : (
        place?.backend !== 'basic-text' && (
          <Checkbox isSelected={keep} onChange={setKeep}>
            Keep it for the next start
          </Checkbox>
        )
      )}
      {give.error && <ErrorNotice error={give.error} />}
    </Dialog>
  );
}
