import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './segments.module.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SegmentsProps<Value extends string> {
  /** Names the group for screen readers. */
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

/** One of a few, side by side; a radio group in behaviour. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, segments, value, onChange, isDisabled } = props;
  const choose = (chosen: string) => {
    const segment = segments.find((candidate) => candidate.value === chosen);
    if (segment) onChange(segment.value);
  };
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      className={classes(styles.segments)}
      value={value}
      onChange={choose}
      isDisabled={isDisabled ?? false}
    >
      {segments.map((segment) => (
        <RadioField key={segment.value} value={segment.value} className={classes(styles.cell)}>
          <RadioButton className={classes(styles.segment)}>{segment.label}</RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
