import { useState } from 'react';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './ask-now.module.css';

export interface AskNowControl {
  readonly run: () => void;
  readonly isRunning: boolean;
  /** It stands at the head of the queue now. */
  readonly isAsked: boolean;
  readonly error: DomainError | null;
}

/** Puts one file at the head of the queue. */
export function useAskNow(fileId: number): AskNowControl {
  const [isAsked, setAsked] = useState(false);
  const ask = useCommand(async (client) => {
    await client.detections.askNow({ fileId });
    return true;
  });
  const run = async () => {
    const isDone = await ask.run();
    if (!isDone) return;
    setAsked(true);
    announce('It is asked next');
  };
  return { run: () => void run(), isRunning: ask.isRunning, isAsked, error: ask.error };
}

export function AskNow({ ask }: { readonly ask: AskNowControl }) {
  if (ask.error) {
    return (
      <span role="alert" className={styles.failed}>
        {ask.error.message} <TextButton onPress={ask.run}>Try again</TextButton>
      </span>
    );
  }
  if (ask.isAsked) return <span>Asked next</span>;
  return (
    <TextButton onPress={ask.run} isPending={ask.isRunning}>
      Check again now
    </TextButton>
  );
}
