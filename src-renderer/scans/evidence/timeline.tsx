import { visibleLines, visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanDetail } from '../../../src-shared/ipc/scans.ts';
import { classes } from '../../ui/classes.ts';
import { MISSING } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { stepsOf, type Step } from './evidence-words.ts';
import styles from './timeline.module.css';

/** What was seen, when, and by whom; then what could be seen on this way and was not. */
export function Timeline({ detail }: { readonly detail: ScanDetail }) {
  const { row, evidence, notSeen } = detail;
  const steps = stepsOf(row.kind, evidence, row.state === 'running');
  return (
    <ol className={styles.timeline} aria-label="What was seen">
      {steps.map((step, at) => (
        <SeenStep key={step.key} step={step} isBeforeUnseen={at === steps.length - 1 && notSeen.length > 0} />
      ))}
      {notSeen.map(({ what, source, why }) => (
        <li key={what} className={classes(styles.step, styles.unseen)}>
          <span className={styles.at}>
            <span aria-hidden="true">{MISSING}</span>
            <VisuallyHidden>not seen</VisuallyHidden>
          </span>
          <Mark name="waits" />
          <div className={styles.words}>
            <b className={styles.title}>{visibleText(what)}</b>
            <p className={styles.detail}>{visibleText(why)}</p>
          </div>
          <span className={styles.source}>{visibleText(source)}</span>
        </li>
      ))}
    </ol>
  );
}

function SeenStep({ step, isBeforeUnseen }: { readonly step: Step; readonly isBeforeUnseen: boolean }) {
  const { time, mark, title, detail, source, percent } = step;
  return (
    <li className={classes(styles.step, (isBeforeUnseen || percent !== undefined) && styles.next)}>
      <span className={styles.at}>
        <Time at={time} form="exact" />
      </span>
      <Mark name={mark} />
      <div className={styles.words}>
        <b className={styles.title}>{title}</b>
        {percent !== undefined && (
          <div className={styles.progress}>
            <Progress label="Progress of the scan" done={percent ?? 0} of={percent === null ? null : 100} />
          </div>
        )}
        {detail !== '' && <p className={styles.detail}>{visibleLines(detail)}</p>}
      </div>
      <span className={styles.source}>{source}</span>
    </li>
  );
}
