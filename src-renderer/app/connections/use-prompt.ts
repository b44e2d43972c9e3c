import { useState } from 'react';
import { useCommand } from '../use-command.ts';
import type { NeedOf } from './need-of.ts';

/** The answers to one prompt, and their way to the server that asks. Nothing of them stays in the window. */
export function usePrompt({ promptId, fields }: NeedOf<'prompt'>) {
  const [answers, setAnswers] = useState<readonly string[]>(() => fields.map(() => ''));
  const send = useCommand((client) => client.connections.answerPrompt({ promptId, answers: [...answers] }));
  return {
    answers,
    setAnswer: (index: number, value: string) =>
      setAnswers((before) => before.map((answer, place) => (place === index ? value : answer))),
    send: () => void send.run(),
    isSending: send.isRunning,
    error: send.error,
  };
}
