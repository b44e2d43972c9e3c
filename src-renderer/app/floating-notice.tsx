import type { ReactNode } from 'react';
import { ButtonRow } from '../ui/button-row.tsx';
import { Mark, type MarkName } from '../ui/mark.tsx';
import styles from './floating-notice.module.css';

/** One floating notice: a big mark, what happened, what to do. What it says is spoken by who raises it. */
export function FloatingNotice({
  mark,
  title,
  words,
  actions,
}: {
  readonly mark: MarkName;
  readonly title: string;
  readonly words: string;
  readonly actions: ReactNode;
}) {
  return (
    <li className={styles.notice}>
      <Mark name={mark} big />
      <div className={styles.body}>
        <b className={styles.title}>{title}</b>
        <p className={styles.words}>{words}</p>
        <div className={styles.actions}>
          <ButtonRow>{actions}</ButtonRow>
        </div>
      </div>
    </li>
  );
}
