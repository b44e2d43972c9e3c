import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { OrRule } from '../../ui/or-rule.tsx';
import { overviewHref } from '../routes.ts';
import { navigate } from '../use-route.ts';
import { AddFileFields } from './add-file-fields.tsx';
import { ChooseFile } from './choose-file.tsx';
import { useAddFile } from './use-add-file.ts';
import styles from './add-file-dialog.module.css';

/** "Add alert file", from any screen; what comes of it is seen on the overview. */
export function AddFileDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return isOpen ? <OpenDialog onClose={onClose} /> : null;
}

/** Drawn anew each time, so that it opens empty. */
function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const finish = () => {
    onClose();
    navigate(overviewHref);
  };
  const form = useAddFile('follow', finish);
  return (
    <Dialog
      title="Add alert file"
      isOpen
      onClose={onClose}
      onSubmit={form.submit}
      foot={
        <>
          <Button type="submit" kind="primary" isDisabled={form.missing !== null} isPending={form.isRunning}>
            {form.verb}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
          {form.missing && <span className={styles.why}>{form.missing}</span>}
        </>
      }
    >
      <AddFileFields form={form} />
      {form.error && <ErrorNotice error={form.error} />}
      <OrRule />
      <ChooseFile onChosen={finish} />
    </Dialog>
  );
}
