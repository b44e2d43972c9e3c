import { CopyButton } from './copy-button.tsx';
import styles from './commands.module.css';

interface CommandsProps {
  readonly lines: readonly string[];
  /** What the copy buttons call a line: "command", "line". */
  readonly what?: string;
  /** Above the lines: the file they belong into. */
  readonly place?: string | null;
}

/** Exact commands or lines, one below the other, each with copy. */
export function Commands({ lines, what = 'command', place }: CommandsProps) {
  return (
    <div className={styles.commands}>
      {place && (
        <p className={styles.place}>
          <code>{place}</code>
        </p>
      )}
      <ul>
        {lines.map((line) => (
          <li key={line} className={styles.command}>
            <code className={styles.line}>{line}</code>
            <CopyButton text={line} what={what} />
          </li>
        ))}
      </ul>
    </div>
  );
}
