import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { CommandContext } from '../context.ts';

/**
 * Waits until the queue is empty, telling how it goes. Errors: the queue's own when it cannot go on without a person (no
 * key, key rejected); what waits then stays queued.
 */
export async function workQueueOff(queue: LookupQueue, { terminal, signal }: CommandContext): Promise<void> {
  let told: string | null = null;
  const tell = () => {
    const status = queue.status();
    terminal.progress(describeProgress(status));
    if (status.error && status.reason !== told && status.reason !== 'minute-quota') {
      terminal.note(`${status.error.message} ${status.error.remedy}`);
    }
    told = status.reason;
  };
  const stopListening = queue.onChange(tell);
  try {
    const end = await queue.whenIdle({ signal });
    terminal.endProgress();
    if (end.kind === 'stopped') throw new DomainError(end.error.code, end.error.message, end.error.remedy);
  } finally {
    stopListening();
  }
}

function describeProgress({ waiting, inFlight, eta, resumesAt }: QueueStatus): string {
  const next = resumesAt ? `, goes on at ${resumesAt}` : '';
  return `${waiting} files wait, ${inFlight} asked now${next}${eta ? `, clear by ${eta}` : ''}`;
}
