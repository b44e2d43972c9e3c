import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { toWireError } from '../../src-shared/errors/domain-error.ts';
import { DirectReader } from './reader.ts';
import type { Question } from './worker-reader.ts';

/**
 * The thread that answers long questions. It opens the store with the first one, answers in order, and keeps nothing
 * between two questions: each sees what was committed when it began.
 */
const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData);
let reader: DirectReader | null = null;

parentPort?.on('message', (question: Question) => {
  void reply(question);
});

async function reply(question: Question): Promise<void> {
  parentPort?.postMessage({ id: question.id, ...(await answerOrError(question)) }, []);
}

async function answerOrError({ name, argument }: Question) {
  try {
    reader ??= new DirectReader(dataFolder);
    return { answer: await reader.ask(name, argument) };
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { error: toWireError(error, 'the reader thread'), cause };
  }
}
