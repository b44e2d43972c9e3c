import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useStatus } from '../backend-context.tsx';
import type { AddFile } from './use-add-file.ts';
import styles from './add-file-fields.module.css';

const MODES = [
  { value: 'follow', label: 'Follow as it grows' },
  { value: 'once', label: 'Read once' },
] as const;

/** Path, and what to do with the file; for the dialog and the welcome. */
export function AddFileFields({ form }: { readonly form: AddFile }) {
  return (
    <div className={styles.fields}>
      <PathField form={form} startsFocused />
      <div className={styles.mode}>
        <Segments
          label="What to do with it"
          segments={MODES}
          value={form.mode}
          onChange={form.setMode}
          isDisabled={form.onceOnly !== null}
        />
        {form.onceOnly && <p className={styles.why}>{form.onceOnly}</p>}
      </div>
      {form.mode === 'follow' && (
        <Checkbox isSelected={form.withArchives} onChange={form.setWithArchives}>
          Read what was rotated away and the dated archives beside it, too
        </Checkbox>
      )}
    </div>
  );
}

/** Where the file lies, seen from the computer that runs the core. */
export function PathField({
  form,
  startsFocused = false,
}: {
  readonly form: AddFile;
  readonly startsFocused?: boolean;
}) {
  const { app } = useStatus();
  const place = app.face === 'browser' ? 'on the computer that runs Verdict Desk' : 'on this computer';
  return (
    <Field
      label="Path of the alert file"
      value={form.path}
      onChange={form.setPath}
      placeholder="/var/ossec/logs/alerts/alerts.json"
      help={`alerts.json, alerts.log or a .gz archive, ${place}.`}
      isCode
      startsFocused={startsFocused}
    />
  );
}
