import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { dayText, type TimeSpan } from './list-filter.ts';
import styles from './range-dialog.module.css';

interface RangeDialogProps {
  readonly time: TimeSpan;
  readonly onClose: () => void;
  readonly onChoose: (range: TimeSpan) => void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** From one day to another, both included, in this computer's time zone. */
export function RangeDialog({ time, onClose, onChoose }: RangeDialogProps) {
  const [start] = useState(() => startingRange(time));
  const [from, setFrom] = useState(start.from);
  const [to, setTo] = useState(start.to);
  const problem = from && to && from > to ? 'The first day is after the last one.' : null;
  const isReady = from !== '' && to !== '' && problem === null;
  const show = () => {
    if (isReady) onChoose({ kind: 'range', from, to });
  };
  return (
    <Dialog
      title="Files judged or seen in these days"
      isOpen
      onClose={onClose}
      onSubmit={show}
      foot={
        <>
          <Button kind="primary" type="submit" isDisabled={!isReady}>
            Show these days
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </>
      }
    >
      <div className={styles.days}>
        <Field label="First day" type="date" value={from} onChange={setFrom} max={start.today} />
        <Field label="Last day" type="date" value={to} onChange={setTo} error={problem} />
      </div>
    </Dialog>
  );
}

/** The range shown now, else the week up to today. */
function startingRange(time: TimeSpan): {
  readonly from: string;
  readonly to: string;
  readonly today: string;
} {
  const now = Date.now();
  const today = dayText(new Date(now));
  if (time.kind === 'range') return { from: time.from, to: time.to, today };
  return { from: dayText(new Date(now - WEEK_MS)), to: today, today };
}
