import { useState, type FormEvent } from 'react';
import type { SecretBackend, SecretStatus } from '../../../src-shared/ipc/settings.ts';
import { useCommand } from '../use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './secret-place.module.css';

const BACKEND_WORDS: Readonly<Record<SecretBackend, { readonly name: string; readonly words: string }>> = {
  'os-keychain': { name: 'Keychain of this system', words: 'Encrypted; opened with your session.' },
  'safe-storage': { name: 'Encrypted by this system', words: 'The system’s keychain holds the key to it.' },
  'basic-text': { name: 'Clear text in the data folder', words: 'This desktop offers no keychain.' },
  vault: { name: 'Passphrase vault in the data folder', words: 'Encrypted with scrypt and AES-256-GCM.' },
  memory: { name: 'Memory only', words: 'Forgotten when Verdict Desk ends.' },
  environment: {
    name: 'Environment of this process',
    words: 'Given by VERDICT_DESK_VIRUSTOTAL_KEY; it is changed there, not here.',
  },
};

/** Which place holds the secrets, and what it takes to open or better it. */
export function SecretPlace({ secrets }: { readonly secrets: SecretStatus }) {
  const { name, words } = BACKEND_WORDS[secrets.backend];
  const canCreateVault = secrets.backend === 'memory' || secrets.backend === 'basic-text';
  const offersVault = canCreateVault && secrets.alternatives.includes('vault');
  return (
    <>
      <div className={styles.place}>
        <Icon name={secrets.isLocked ? 'lock' : 'key'} />
        <div>
          <b className={styles.name}>{name}</b>
          <p className={styles.words}>
            {words} {secrets.backendName && <span className={styles.technical}>{secrets.backendName}</span>}
          </p>
        </div>
      </div>
      {secrets.backend === 'basic-text' && (
        <Notice tone="warning" title="What is stored here is not encrypted">
          Whoever can read the data folder can read it. A passphrase vault protects it.
        </Notice>
      )}
      {secrets.isLocked && (
        <PassphraseForm
          title="The vault is locked"
          words="Keys and passwords in it are used once the passphrase is entered; what needs one of them waits until then."
          verb="Unlock"
          isNew={false}
        />
      )}
      {!secrets.isLocked && offersVault && (
        <PassphraseForm
          title="Keep it in a vault instead"
          words="Asked for once after each start. It cannot be recovered: with a lost passphrase, keys and passwords are entered anew."
          verb="Create vault"
          isNew
        />
      )}
    </>
  );
}

interface PassphraseFormProps {
  readonly title: string;
  readonly words: string;
  readonly verb: string;
  readonly isNew: boolean;
}

const SHORTEST = 8;

function PassphraseForm({ title, words, verb, isNew }: PassphraseFormProps) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [wasTried, setTried] = useState(false);
  const unlock = useCommand((client) => client.settings.unlockVault({ passphrase }));
  const isShort = passphrase.length < SHORTEST;
  const differs = isNew && passphrase !== again;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isShort || differs) return;
    if (!(await unlock.run())) return;
    setPassphrase('');
    setAgain('');
    announce(isNew ? 'The vault is created.' : 'The vault is open.');
  };
  const problem = wasTried && isShort ? `At least ${SHORTEST} characters.` : null;
  const failure = unlock.error ? `${unlock.error.message} ${unlock.error.remedy}` : null;
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <b className={styles.name}>{title}</b>
        <p className={styles.words}>{words}</p>
      </div>
      <div className={styles.fields}>
        <PasswordField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={problem ?? failure}
        />
        {isNew && (
          <PasswordField
            label="Passphrase, once more"
            value={again}
            onChange={setAgain}
            error={wasTried && differs ? 'The two differ.' : null}
          />
        )}
      </div>
      <div>
        <Button kind={isNew ? 'standard' : 'primary'} type="submit" icon="lock" isPending={unlock.isRunning}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
