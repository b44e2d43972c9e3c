import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Command } from '../use-command.ts';
import styles from './compare.module.css';

type Act = Pick<Command<[], unknown>, 'run' | 'isRunning' | 'error'>;

interface UnknownDialogProps {
  readonly title: string;
  readonly size?: 'narrow' | 'wide';
  readonly lead: ReactNode;
  /** What is compared, by a person. */
  readonly children: ReactNode;
  readonly accept: Act & { readonly verb: string };
  readonly onClose: () => void;
}

/** Something that vouches for a machine and was never seen before: compared once, then pinned. */
export function UnknownDialog({
  title,
  size = 'narrow',
  lead,
  children,
  accept,
  onClose,
}: UnknownDialogProps) {
  return (
    <Dialog
      title={title}
      size={size}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" onPress={() => void accept.run()} isPending={accept.isRunning}>
            {accept.verb}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      <p className={styles.lead}>{lead}</p>
      {children}
      {accept.error && <ErrorNotice error={accept.error} />}
    </Dialog>
  );
}

interface ChangedDialogProps {
  readonly title: string;
  /** What was not sent, and what may be behind it. */
  readonly notice: { readonly title: string; readonly words: string };
  readonly children: ReactNode;
  /** Forgets what was accepted here, once a person says that it was compared; null where nothing was accepted. */
  readonly forget: (Act & { readonly verb: string; readonly consent: string }) | null;
  /** Where the old one is kept elsewhere and taken away by hand. */
  readonly retry?: Act | null;
  readonly onClose: () => void;
}

/** Another one than before: a hard stop. Forgetting the old one is an act of its own. */
export function ChangedDialog({ title, notice, children, forget, retry, onClose }: ChangedDialogProps) {
  const [isCompared, setCompared] = useState(false);
  const error = forget?.error ?? retry?.error;
  return (
    <Dialog
      title={title}
      size="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          {forget && (
            <Button
              kind="danger"
              isDisabled={!isCompared}
              isPending={forget.isRunning}
              onPress={() => void forget.run()}
            >
              {forget.verb}
            </Button>
          )}
          {retry && (
            <Button icon="again" isPending={retry.isRunning} onPress={() => void retry.run()}>
              Try again
            </Button>
          )}
          <Button onPress={onClose}>Leave it stopped</Button>
        </>
      }
    >
      <Notice tone="error" title={notice.title}>
        {notice.words}
      </Notice>
      {children}
      {forget && (
        <Checkbox isSelected={isCompared} onChange={setCompared}>
          {forget.consent}
        </Checkbox>
      )}
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** One of the facts that are compared, under its title. */
export function Known({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.known}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </div>
  );
}
