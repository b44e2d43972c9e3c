import type { LaunchDraft } from '../../app/scans/launch-draft.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Segments } from '../../ui/segments.tsx';
import styles from './path-fields.module.css';

interface PathFieldsProps {
  readonly draft: LaunchDraft;
  readonly problem: string | null;
  readonly onChange: (part: Partial<LaunchDraft>) => void;
}

const WHAT = [
  { value: 'file', label: 'File' },
  { value: 'folder', label: 'Folder' },
] as const;

/** What is looked at on the agents, and whether what is found stays as it is. */
export function PathFields({ draft, problem, onChange }: PathFieldsProps) {
  return (
    <div className={styles.fields}>
      <div className={styles.line}>
        <Field
          label="Path on the agents"
          value={draft.path}
          onChange={(path) => onChange({ path })}
          error={problem}
          placeholder="/srv/upload"
          isCode
          maxLength={4096}
          className={styles.path}
        />
        <Segments
          label="What the path is"
          segments={WHAT}
          value={draft.kind === 'folder' ? 'folder' : 'file'}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      <Checkbox
        isSelected={draft.action === 'skip'}
        onChange={(isOn) => onChange({ action: isOn ? 'skip' : 'as-set' })}
      >
        Look only: what KES detects stays as it is
      </Checkbox>
    </div>
  );
}
