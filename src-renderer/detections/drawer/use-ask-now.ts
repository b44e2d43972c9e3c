import { useState } from 'react';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';

interface AskNow {
  readonly run: () => void;
  readonly isRunning: boolean;
  /** It stands at the head of the queue, and no answer has come since. */
  readonly isAsked: boolean;
  readonly error: DomainError | null;
}

/** Puts one file at the head of the queue. */
export function useAskNow(row: DetectionRow): AskNow {
  const known = row.judgedAt ?? row.standing;
  const [askedWith, setAskedWith] = useState<string | null>(null);
  const ask = useCommand(async (client) => {
    await client.detections.askNow({ fileId: row.fileId });
    return true;
  });
  const run = async () => {
    if (!(await ask.run())) return;
    setAskedWith(known);
    announce('It is asked next');
  };
  return { run: () => void run(), isRunning: ask.isRunning, isAsked: askedWith === known, error: ask.error };
}
