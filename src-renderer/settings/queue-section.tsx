import { useState, type FormEvent } from 'react';
import type { RecheckPolicy, Settings } from '../../src-shared/ipc/settings.ts';
import { useStatus } from '../app/backend-context.tsx';
import { queueHref } from '../app/routes.ts';
import { useCommand } from '../app/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Field } from '../ui/field.tsx';
import { Link } from '../ui/link.tsx';
import { Switch } from '../ui/switch.tsx';
import styles from './queue-section.module.css';
import { QueueState } from './queue-state.tsx';
import { readDays, recheckDraft, type RecheckDraft } from './recheck-draft.ts';
import { SettingGroup } from './setting-group.tsx';

/** Whether files are asked about at all, and how often again. */
export function QueueSection({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <QueueGroup />
      <RecheckGroup policy={settings.recheck} />
    </>
  );
}

function QueueGroup() {
  const { queue } = useStatus();
  const pause = useCommand((client, paused: boolean) => client.settings.pauseQueue({ paused }));
  const isByUser = queue.reason === 'by-user';
  return (
    <SettingGroup
      title="Queue"
      end={
        <Link href={queueHref} size="small">
          Open queue
        </Link>
      }
    >
      <QueueState queue={queue} />
      <div className={styles.switch}>
        <Switch
          isSelected={!isByUser}
          onChange={(isOn) => void pause.run(!isOn)}
          isDisabled={pause.isRunning}
          help="While it is off, alerts are read on and their files wait; nothing is lost."
        >
          Ask VirusTotal about waiting files
        </Switch>
      </div>
      {pause.error && <ErrorNotice error={pause.error} />}
    </SettingGroup>
  );
}

const DAYS_FIELDS: readonly {
  readonly name: keyof RecheckDraft;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly step: number;
}[] = [
  {
    name: 'noRecordsDays',
    label: 'Files without records, after days',
    help: '0 means never.',
    min: 0,
    step: 0.5,
  },
  { name: 'cleanDays', label: 'Clean files, after days', help: '0 means never.', min: 0, step: 0.5 },
  { name: 'seenWithinDays', label: 'Only files seen within days', help: 'Older ones rest.', min: 1, step: 1 },
];

function RecheckGroup({ policy }: { readonly policy: RecheckPolicy }) {
  const form = useRecheckForm(policy);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <SettingGroup
      title="Re-checks"
      lead="A verdict can change: what is clean today may be known as malicious next week. What is asked again uses only what new files leave over of the allowance."
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.fields}>
          {DAYS_FIELDS.map(({ name, ...field }) => (
            <Field
              key={name}
              type="number"
              {...field}
              value={form.draft[name]}
              onChange={form.set(name)}
              error={form.problems[name]}
            />
          ))}
        </div>
        <ButtonRow>
          <Button type="submit" isPending={form.isSaving} isDisabled={!form.isChanged}>
            Save re-checks
          </Button>
          <output className={styles.words}>
            {form.isChanged ? 'Not saved yet.' : form.isSaved ? 'Saved.' : 'Nothing changed.'}
          </output>
        </ButtonRow>
        {form.error && <ErrorNotice error={form.error} />}
      </form>
    </SettingGroup>
  );
}

function useRecheckForm(policy: RecheckPolicy) {
  const stored = recheckDraft(policy);
  const [edited, setEdited] = useState<RecheckDraft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const draft = edited ?? stored;
  const { policy: next, problems } = readDays(draft);
  const save = useCommand(async (client, changed: RecheckPolicy) => {
    await client.settings.setRecheck(changed);
    return true;
  });
  const submit = async () => {
    if (!next || !(await save.run(next))) return;
    setSaved(true);
    setEdited(null);
  };
  const set = (name: keyof RecheckDraft) => (value: string) => {
    setSaved(false);
    setEdited({ ...draft, [name]: value });
  };
  const isChanged = JSON.stringify(draft) !== JSON.stringify(stored);
  return { draft, set, problems, isChanged, isSaved, isSaving: save.isRunning, error: save.error, submit };
}
