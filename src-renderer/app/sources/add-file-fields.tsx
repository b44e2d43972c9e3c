import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
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
  const { app } = useStatus();
  return (
    <div className={styles.fields}>
      <Field
        label="Path of the alert file"
        value={form.path}
        onChange={form.setPath}
        placeholder="/var/ossec/logs/alerts/alerts.json"
        help={
          app.face === 'browser'
            ? 'alerts.json, alerts.log or a .gz archive, on the computer that runs Verdict Desk.'
            : 'alerts.json, alerts.log or a .gz archive on this computer.'
        }
        isCode
        startsFocused
      />
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
      {form.error && <ErrorNotice error={form.error} />}
    </div>
  );
}
