import { useState } from 'react';
import type { Overview } from '../../src-shared/ipc/overview.ts';
import { useStatus } from '../app/backend-context.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { classes } from '../ui/classes.ts';
import { countOf } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { TextButton } from '../ui/text-button.tsx';
import { useNow } from '../ui/now.ts';
import { attentionWords, type AttentionWords } from './attention-words.ts';
import { Cell } from './cell.tsx';
import { connectionTasks } from './connection-tasks.ts';
import styles from './attention.module.css';

/** What a person should look at, most urgent first; or that there is nothing. */
export function Attention({ overview }: { readonly overview: Overview }) {
  const now = useNow();
  const { connections } = useStatus();
  const items = overview.attention.map((item) => ({ item, words: attentionWords(item, now) }));
  // A file that turned malicious comes before a manager that is away; everything else after it.
  const tasks = [
    ...items.filter(({ item }) => item.kind === 'turned'),
    ...connectionTasks(connections, now).map((words) => ({ words })),
    ...items.filter(({ item }) => item.kind !== 'turned'),
  ].map(({ words }) => words);
  return (
    <Cell title="Needs attention">
      {tasks.length === 0 ? <Nothing overview={overview} /> : <Tasks tasks={tasks} />}
    </Cell>
  );
}

/** More than these would push the figures off the page. */
const SHOWN_AT_FIRST = 4;

function Tasks({ tasks }: { readonly tasks: readonly AttentionWords[] }) {
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole ? 0 : Math.max(0, tasks.length - SHOWN_AT_FIRST);
  return (
    <>
      <ul>
        {tasks.slice(0, tasks.length - hidden).map((task, index) => (
          <Task key={`${task.title} ${index}`} task={task} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={styles.more}>
          <TextButton onPress={() => setWhole(true)}>{hidden} more</TextButton>
        </p>
      )}
    </>
  );
}

function Task({ task }: { readonly task: AttentionWords }) {
  return (
    <li className={styles.task}>
      <Mark name={task.mark} />
      <div className={styles.words}>
        <b className={styles.title}>{task.title}</b>
        <p className={styles.detail}>{task.detail}</p>
      </div>
      {task.action && (
        <span className={styles.action}>
          <ButtonLink href={task.action.href} size="small">
            {task.action.verb}
          </ButtonLink>
        </span>
      )}
    </li>
  );
}

function Nothing({ overview }: { readonly overview: Overview }) {
  const { agentsTotal, filesJudged } = overview;
  return (
    <div className={classes(styles.task, styles.only)}>
      <Mark name={agentsTotal > 0 ? 'clean' : 'waits'} />
      <div className={styles.words}>
        <b className={styles.title}>{agentsTotal > 0 ? 'Nothing needs you' : 'Nothing yet'}</b>
        <p className={styles.detail}>
          {agentsTotal > 0
            ? `${countOf(agentsTotal, 'agent')} reported files, and ${countOf(filesJudged, 'file')} ${filesJudged === 1 ? 'has' : 'have'} a verdict.`
            : 'What an engine detects, what turns malicious and what cannot be read appears here.'}
        </p>
      </div>
    </div>
  );
}
