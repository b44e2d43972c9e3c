import type { FormEvent, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The actions, the main one on the left. */
  readonly foot: ReactNode;
  /** `wide` for lists and excerpts. */
  readonly size?: 'narrow' | 'wide';
  /** Enter in a field does the main thing. */
  readonly onSubmit?: () => void;
}

/** A decision, or a task of its own. Esc closes it and focus returns to where it came from. */
export function Dialog({ title, isOpen, onClose, children, foot, size, onSubmit }: DialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <ModalOverlay
      className={classes(styles.overlay)}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <Modal className={classes(styles.modal, size === 'wide' && styles.wide)}>
        <AriaDialog className={classes(styles.dialog)}>
          <form className={styles.form} onSubmit={submit} noValidate>
            <Heading slot="title" className={classes(styles.title)}>
              {title}
            </Heading>
            <div className={styles.body}>{children}</div>
            <div className={styles.foot}>{foot}</div>
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
