import type { FormEvent } from 'react';
import { visibleText } from '../../../../src-shared/formats/visible-text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { shortenMiddle } from '../../../ui/shorten-middle.ts';
import type { NeedOf } from '../need-of.ts';
import { PromptFields } from '../prompt-fields.tsx';
import { usePrompt } from '../use-prompt.ts';
import styles from './test-evidence.module.css';

const LONGEST_ASKER = 80;

/** A running test waits for what the server asks. */
export function TestPrompt({ prompt }: { readonly prompt: NeedOf<'prompt'> }) {
  const form = usePrompt(prompt);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    form.send();
  };
  return (
    <form className={styles.prompt} onSubmit={submit} noValidate>
      <b className={styles.step}>{shortenMiddle(visibleText(prompt.asker), LONGEST_ASKER)} asks</b>
      <PromptFields prompt={prompt} answers={form.answers} onChange={form.setAnswer} />
      {form.error && <ErrorNotice error={form.error} />}
      <div>
        <Button type="submit" isPending={form.isSending}>
          {prompt.fields.length === 0 ? 'Go on' : 'Send'}
        </Button>
      </div>
    </form>
  );
}
