import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Tells how the queue goes: progress on a terminal, and everywhere a remark when it begins to wait for something. What
 * ends the command (no key, key rejected) is left to whoever ends it. Returns how to stop.
 */
export function tellQueue(queue: LookupQueue, terminal: Terminal): () => void {
  let told: string | null = null;
  const tell = () => {
    const status = queue.status();
    const { error, reason, resumesAt } = status;
    terminal.progress(describeProgress(status));
    const isWait = resumesAt !== null && reason !== 'minute-quota';
    if (error && isWait && reason !== told) terminal.note(`${error.message} ${error.remedy}`);
    told = reason;
  };
  const stopListening = queue.onChange(tell);
  return () => {
    stopListening();
    terminal.endProgress();
  };
}

function describeProgress({ waiting, inFlight, eta, resumesAt }: QueueStatus): string {
  const next = resumesAt ? `, goes on at ${resumesAt}` : '';
  return `${waiting} files wait, ${inFlight} asked now${next}${eta ? `, clear by ${eta}` : ''}`;
}
