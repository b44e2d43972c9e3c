import type { FormEvent, ReactNode } from 'react';
import type { AddFile } from '../app/sources/use-add-file.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './way-form.module.css';

/** Fields, what went wrong with them, and the one button; the window moves on with the first status that has the file. */
export function WayForm({ form, children }: { readonly form: AddFile; readonly children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      {form.error && <ErrorNotice error={form.error} />}
      <ButtonRow>
        <Button type="submit" kind="primary" isDisabled={form.missing !== null} isPending={form.isRunning}>
          {form.verb}
        </Button>
        {form.missing && <span className={styles.why}>{form.missing}</span>}
      </ButtonRow>
    </form>
  );
}
