import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Tells how the queue goes: progress on a terminal, and everywhere a remark when it begins to wait for something. What
 * stops it until a person acts (no key, key rejected) is told with `tellsStops`; other commands end with it as their
 * error. Returns how to stop telling.
 */
export function tellQueue(
  queue: LookupQueue,
  terminal: Terminal,
  { tellsStops = false }: { readonly tellsStops?: boolean } = {},
): () => void {
  let told: string | null = null;
  const tell = () => {
    const status = queue.status();
    const { error, reason, resumesAt } = status;
    terminal.progress(describeProgress(status));
    const isToTell = reason !== told && reason !== 'minute-quota' && (tellsStops || resumesAt !== null);
    if (error && isToTell) terminal.note(`${error.message} ${error.remedy}`);
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
