import type { ReactNode } from 'react';
import field from './field.module.css';
import { Segments, type Segment } from './segments.tsx';

interface SegmentsFieldProps<Value extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Below, always. */
  readonly help?: ReactNode;
  /** Below, in place of the help, when set. */
  readonly error?: string | null;
}

/** One of a few with its label, help and error, as in a field of text. */
export function SegmentsField<Value extends string>(props: SegmentsFieldProps<Value>) {
  const { label, isLabelHidden, segments, value, onChange, help, error } = props;
  return (
    <div className={field.field}>
      {!isLabelHidden && <span className={field.label}>{label}</span>}
      <Segments label={label} segments={segments} value={value} onChange={onChange} />
      {error ? (
        <p className={field.error} role="alert">
          {error}
        </p>
      ) : (
        help && <p className={field.help}>{help}</p>
      )}
    </div>
  );
}
