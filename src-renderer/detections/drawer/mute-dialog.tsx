import { useState } from 'react';
import { Radio, RadioGroup, Label } from 'react-aria-components';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RadioDot } from '../../ui/radio-dot.tsx';
import { Segments } from '../../ui/segments.tsx';
import { muteChoices, type MuteScope } from '../mute-choices.ts';
import styles from './mute-dialog.module.css';

export interface AddedRule {
  readonly id: number;
  readonly effect: 'mute' | 'exclude';
  /** FIM events in the store that it covers. */
  readonly events: number;
}

interface MuteDialogProps {
  readonly row: DetectionRow;
  readonly onClose: () => void;
  readonly onAdded: (rule: AddedRule) => void;
}

const EFFECTS = [
  { value: 'mute', label: 'Mute' },
  { value: 'exclude', label: 'Exclude' },
] as const;

const EFFECT_WORDS = {
  mute: 'Known noise: not asked about any more and counted as muted. Verdicts that are here stay.',
  exclude: 'Private: its hash never leaves this computer, and its events count as not lookable.',
} as const;

/** From one file to a rule: what it covers, and what becomes of it. */
export function MuteDialog({ row, onClose, onAdded }: MuteDialogProps) {
  const choices = muteChoices(row);
  const [scope, setScope] = useState<MuteScope>(choices[0]?.scope ?? 'path');
  const [effect, setEffect] = useState<'mute' | 'exclude'>('mute');
  const choice = choices.find((candidate) => candidate.scope === scope);
  const add = useCommand(async (client) => {
    if (!choice) return;
    const { kind, pattern } = choice;
    const { id, events } = await client.settings.addExclusion({ effect, kind, pattern });
    onAdded({ id, effect, events });
  });
  const verb = effect === 'mute' ? 'Mute' : 'Exclude';
  return (
    <Dialog
      title="What should no longer be asked about?"
      isOpen
      onClose={onClose}
      onSubmit={() => void add.run()}
      foot={
        <>
          <Button kind="primary" type="submit" isPending={add.isRunning}>
            {verb} {choice ? choice.label.toLowerCase() : ''}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </>
      }
    >
      <RadioGroup
        className={classes(styles.choices)}
        value={scope}
        onChange={(value) => {
          const next = choices.find((candidate) => candidate.scope === value);
          if (next) setScope(next.scope);
        }}
      >
        <Label className={classes(styles.label)}>Covers</Label>
        {choices.map((candidate) => (
          <Radio key={candidate.scope} value={candidate.scope} className={classes(styles.choice)}>
            <RadioDot />
            <span>{candidate.label}</span>
            <code className={styles.pattern} title={visibleText(candidate.pattern)}>
              {visibleText(candidate.pattern)}
            </code>
          </Radio>
        ))}
      </RadioGroup>
      <div className={styles.effect}>
        <Segments label="Effect" segments={EFFECTS} value={effect} onChange={setEffect} />
        <p className={styles.words}>{EFFECT_WORDS[effect]}</p>
      </div>
      {add.error && <ErrorNotice error={add.error} />}
    </Dialog>
  );
}
