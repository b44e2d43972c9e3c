import { visibleText } from '../../src-shared/formats/visible-text.ts';
import styles from './agent-name.module.css';

/** An agent, and how many more reported the same file: `web-ams-1 +2`. `count` includes the one named. */
export function AgentName({ name, count = 1 }: { readonly name: string; readonly count?: number }) {
  const more = count - 1;
  return (
    <span
      className={styles.agent}
      title={more > 0 ? `${visibleText(name)} and ${more} more` : visibleText(name)}
    >
      <span className={styles.name}>{visibleText(name)}</span>
      {more > 0 && <span className={styles.more}>+{more}</span>}
    </span>
  );
}
