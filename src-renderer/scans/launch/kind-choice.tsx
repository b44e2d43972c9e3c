import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { ScanKind } from '../../../src-shared/domain/scan.ts';
import { classes } from '../../ui/classes.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { needsPath } from '../../app/scans/launch-draft.ts';
import { RadioDot } from '../../ui/radio-dot.tsx';
import styles from './kind-choice.module.css';
import { kindNotes, type Availability } from './kind-notes.ts';

interface KindChoiceProps {
  readonly kind: ScanKind;
  readonly onChange: (kind: ScanKind) => void;
  readonly availability: readonly Availability[];
}

/** In the order they are wanted; a file and a folder share a place, and the path says which it is. */
const CHOICES: readonly { readonly kind: ScanKind; readonly label: string }[] = [
  { kind: 'full', label: 'Full' },
  { kind: 'file', label: 'File or folder' },
  { kind: 'realtime-on', label: 'Real-time on' },
  { kind: 'realtime-off', label: 'Real-time off' },
  { kind: 'update', label: 'Database update' },
  { kind: 'critical-areas', label: 'Critical areas' },
  { kind: 'boot', label: 'Boot' },
  { kind: 'memory', label: 'Memory' },
];

export function KindChoice({ kind, onChange, availability }: KindChoiceProps) {
  const choose = (value: string) => {
    const choice = CHOICES.find((candidate) => candidate.kind === value);
    if (choice) onChange(choice.kind);
  };
  return (
    <RadioGroup
      aria-label="Kind"
      className={classes(styles.kinds)}
      value={needsPath(kind) ? 'file' : kind}
      onChange={choose}
    >
      {CHOICES.map((choice) => {
        const { words, title, isAbsent } = kindNotes(choice.kind, availability);
        return (
          <RadioField key={choice.kind} value={choice.kind} isDisabled={isAbsent}>
            <RadioButton className={classes(styles.kind)}>
              <RadioDot />
              <span className={styles.words}>
                <span>{choice.label}</span>
                {words !== '' && (
                  <span className={styles.why} title={title}>
                    <VisuallyHidden>, </VisuallyHidden>
                    {words}
                  </span>
                )}
              </span>
            </RadioButton>
          </RadioField>
        );
      })}
    </RadioGroup>
  );
}
