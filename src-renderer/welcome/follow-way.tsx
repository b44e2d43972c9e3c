import type { FormEvent } from 'react';
import { AddFileFields } from '../app/sources/add-file-fields.tsx';
import { useAddFile } from '../app/sources/use-add-file.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { Way } from './way.tsx';
import styles from './follow-way.module.css';

/** Names a file that the manager writes; the window moves to the overview with the first status that has it. */
export function FollowWay() {
  const form = useAddFile('follow', () => {});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <Way
      title="Follow an alert file"
      words="It is only read. Where reading stopped is kept, so nothing is missed between two starts."
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <AddFileFields form={form} />
        <ButtonRow>
          <Button type="submit" kind="primary" isDisabled={form.missing !== null} isPending={form.isRunning}>
            {form.verb}
          </Button>
          {form.missing && <span className={styles.why}>{form.missing}</span>}
        </ButtonRow>
      </form>
    </Way>
  );
}
