import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { takeElsewhere, type LaunchDraft } from '../../app/scans/launch-draft.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { countOf } from '../../ui/format.ts';
import { Path } from '../../ui/path.tsx';
import { Segments } from '../../ui/segments.tsx';
import { TextButton } from '../../ui/text-button.tsx';
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
      {draft.kind === 'file' && draft.elsewhere.length > 0 && <Elsewhere draft={draft} onChange={onChange} />}
    </div>
  );
}

const PATHS_SHOWN = 3;

/** The same file under other paths: a scan has one, so nobody is left out without a word. */
function Elsewhere({ draft, onChange }: Pick<PathFieldsProps, 'draft' | 'onChange'>) {
  const { elsewhere } = draft;
  const agents = elsewhere.reduce((sum, holders) => sum + holders.agents.length, 0);
  const more = elsewhere.length - PATHS_SHOWN;
  return (
    <div className={styles.elsewhere}>
      <p>
        {countOf(agents, 'more agent')} {agents === 1 ? 'holds' : 'hold'} it under another path. A scan has
        one path: ask for this one, then for the next.
      </p>
      <ul>
        {elsewhere.slice(0, PATHS_SHOWN).map((holders) => (
          <li key={holders.path} className={styles.other}>
            <Path path={holders.path} quiet />
            <TextButton onPress={() => onChange(takeElsewhere(draft, holders))}>
              Take{' '}
              {holders.agents.length === 1
                ? visibleText(holders.agents[0]?.name ?? '')
                : countOf(holders.agents.length, 'agent')}
            </TextButton>
          </li>
        ))}
      </ul>
      {more > 0 && <p>and {countOf(more, 'more path')}</p>}
    </div>
  );
}
