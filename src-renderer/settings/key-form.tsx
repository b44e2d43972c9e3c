import { useState, type FormEvent } from 'react';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { SecretStatus } from '../../src-shared/ipc/settings.ts';
import { useCommand } from '../app/use-command.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './key-form.module.css';
import { keyProblem } from './key-words.ts';

interface KeyFormProps {
  readonly secrets: SecretStatus;
  readonly isReplacing: boolean;
  readonly onDone: () => void;
  readonly onCancel: (() => void) | null;
}

/** Entered, tested against VirusTotal, and only then stored. */
export function KeyForm({ secrets, isReplacing, onDone, onCancel }: KeyFormProps) {
  const form = useKeyForm(secrets, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <PasswordField
        label={isReplacing ? 'New API key' : 'API key'}
        value={form.key}
        onChange={form.setKey}
        help="64 letters and digits. It is tested before it is stored, and cannot be read back afterwards."
        error={form.problem && <Failure error={form.problem} />}
        isDisabled={form.isTesting}
        maxLength={512}
      />
      <Checkbox isSelected={form.acceptsTerms} onChange={form.setAcceptsTerms} isInvalid={form.lacksTerms}>
        I keep to VirusTotal’s terms: a public key is not for commercial use, and a hash that is asked about
        becomes visible to VirusTotal’s community.
      </Checkbox>
      {form.needsClearText && (
        <Notice tone="warning" title="This desktop has no keychain that encrypts">
          <Checkbox isSelected={form.acceptsClearText} onChange={form.setAcceptsClearText}>
            Store the key in clear text. Whoever can read the data folder can read it.
          </Checkbox>
        </Notice>
      )}
      <ButtonRow>
        <Button kind="primary" type="submit" isPending={form.isTesting}>
          Test and store
        </Button>
        {onCancel && <Button onPress={onCancel}>Keep the stored key</Button>}
        <output className={styles.progress}>
          {form.isTesting ? 'Asking VirusTotal about this key' : form.lacking}
        </output>
      </ButtonRow>
    </form>
  );
}

function Failure({ error }: { readonly error: Pick<DomainError, 'message' | 'remedy'> }) {
  return (
    <>
      {error.message} {error.remedy}
    </>
  );
}

function useKeyForm(secrets: SecretStatus, onDone: () => void) {
  const [key, setKeyText] = useState('');
  const [acceptsTerms, setAcceptsTerms] = useState(false);
  const [acceptsClearText, setAcceptsClearText] = useState(false);
  const [wasTried, setTried] = useState(false);
  const needsClearText = secrets.backend === 'basic-text';
  const save = useCommand((client) =>
    client.settings.saveKey({ key: key.trim(), acceptsTerms: true, acceptsClearText }),
  );

  const shape = wasTried ? keyProblem(key) : null;
  const lacksTerms = wasTried && !acceptsTerms;
  const lacksClearText = wasTried && needsClearText && !acceptsClearText;
  const submit = async () => {
    setTried(true);
    if (keyProblem(key) || !acceptsTerms || (needsClearText && !acceptsClearText)) return;
    const test = await save.run();
    if (!test) return;
    // Nothing of the key stays in the window.
    setKeyText('');
    announce('VirusTotal accepts the key. It is stored.');
    onDone();
  };
  return {
    key,
    setKey: (text: string) => {
      setKeyText(text);
      save.forget();
    },
    acceptsTerms,
    setAcceptsTerms,
    acceptsClearText,
    setAcceptsClearText,
    needsClearText,
    problem: shape ?? save.error,
    lacksTerms,
    lacking: lacksTerms || lacksClearText ? 'Tick the box first.' : '',
    isTesting: save.isRunning,
    submit,
  };
}
