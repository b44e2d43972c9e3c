import { VisuallyHidden } from './visually-hidden.tsx';
import styles from './skeleton.module.css';

/** Widths in percent, uneven like words, the same at each draw. */
const WIDTHS = [
  [62, 88],
  [74, 74],
  [48, 62],
  [88, 88],
  [62, 48],
] as const;

/** Rows to come, in their geometry: still, no shimmer. Show it after 300 ms only (`useQuery` tells when). */
export function SkeletonRows({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div aria-busy="true">
      <VisuallyHidden>{label}</VisuallyHidden>
      <ul aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => {
          const [word, path] = WIDTHS[row % WIDTHS.length] ?? WIDTHS[0];
          return (
            <li key={`row-${row}`} className={styles.row}>
              <i className={styles.mark} />
              <i className={styles.bone} style={{ inlineSize: `${word}%` }} />
              <i className={styles.bone} style={{ inlineSize: `${path}%` }} />
              <i className={styles.bone} style={{ inlineSize: '74%' }} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** One word to come; `width` in CSS units. */
export function SkeletonWord({ width }: { readonly width: string }) {
  return <span aria-hidden="true" className={styles.word} style={{ inlineSize: width }} />;
}
