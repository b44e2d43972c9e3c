import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import styles from './compare.module.css';
import type { NeedDialogProps } from './need-of.ts';
import { needWords } from './needs.ts';
import { PromptFields } from './prompt-fields.tsx';
import { usePrompt } from './use-prompt.ts';

/** Keyboard-interactive: a code, a password that expired. It closes once the server has its answer. */
export function PromptDialog({ name, need, onClose }: NeedDialogProps<'prompt'>) {
  const prompt = usePrompt(need);
  return (
    <Dialog
      title={needWords({ name, need }).title}
      isOpen
      onClose={onClose}
      onSubmit={prompt.send}
      foot={
        <>
          <Button kind="primary" type="submit" isPending={prompt.isSending}>
            {need.fields.length === 0 ? 'Go on' : 'Send'}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      <p className={styles.lead}>What you enter goes to this server only and is not kept.</p>
      <PromptFields prompt={need} answers={prompt.answers} onChange={prompt.setAnswer} />
      {prompt.error && <ErrorNotice error={prompt.error} />}
    </Dialog>
  );
}
