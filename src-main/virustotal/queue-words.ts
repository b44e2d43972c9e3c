import type { WireError } from '../../src-shared/errors/domain-error.ts';
import type { PauseReason } from '../../src-shared/ipc/status.ts';

export interface PauseFacts {
  readonly nowMs: number;
  readonly waiting: number;
  readonly resumesAtMs: number | null;
  /** What the network or the service said. */
  readonly detail: string | null;
}

/** Why the queue waits and what to do about it, in the administrator's words. */
export function wordsOfPause(reason: PauseReason, facts: PauseFacts): WireError {
  const { message, remedy } = words(reason, facts);
  return { code: `queue.${reason}`, message, remedy };
}

function words(reason: PauseReason, facts: PauseFacts): { message: string; remedy: string } {
  const kept = `${countFiles(facts.waiting)} queued; nothing is lost.`;
  const goesOn =
    facts.resumesAtMs === null ? 'by itself' : `by itself at ${clockTime(facts.resumesAtMs, facts.nowMs)}`;
  switch (reason) {
    case 'no-key':
      return {
        message: `No VirusTotal key is stored. ${kept}`,
        remedy: 'Enter your API key in Settings, or set VERDICT_DESK_VIRUSTOTAL_KEY.',
      };
    case 'key-locked':
      return {
        message: `The vault with the VirusTotal key is locked. ${kept}`,
        remedy: 'Enter the passphrase in Settings, or set VERDICT_DESK_VIRUSTOTAL_KEY.',
      };
    case 'key-rejected':
      return {
        message: `VirusTotal does not accept the key. The queue is paused: ${kept}`,
        remedy: 'Enter a key that works and it goes on.',
      };
    case 'by-user':
      return {
        message: `The queue was paused by hand. ${kept}`,
        remedy: 'Resume it when lookups may go on.',
      };
    case 'minute-quota':
      return {
        message: "This minute's lookups are used.",
        remedy: `Looking up goes on ${goesOn}.`,
      };
    case 'day-quota':
      return {
        message: `Today's lookups are used. ${kept}`,
        remedy: `Looking up goes on ${goesOn}, new executables first.`,
      };
    case 'month-quota':
      return {
        message: `This month's lookups are used. ${kept}`,
        remedy: `Looking up goes on ${goesOn}. A key with a larger allowance goes on at once.`,
      };
    case 'rate-limited':
      return {
        message: `VirusTotal answers that the request limit is reached. ${kept}`,
        remedy: `Looking up goes on ${goesOn}. If this stays, another program may use the same key.`,
      };
    case 'network':
      return {
        message: sentences('VirusTotal cannot be reached.', facts.detail, kept),
        remedy: `It is tried again ${goesOn}. Check the network, the proxy and the VirusTotal address.`,
      };
    case 'service':
      return {
        message: sentences('VirusTotal does not answer as it should.', facts.detail, kept),
        remedy: `It is tried again ${goesOn}. If this stays, check the proxy and the VirusTotal address.`,
      };
  }
}

/** The queue waits for the disk, not for VirusTotal. */
export function wordsOfStorage(resumesAtMs: number, nowMs: number): WireError {
  return {
    code: 'queue.storage',
    message:
      'The data folder cannot be read or written. Answers are kept in memory and nothing else is asked meanwhile.',
    remedy: `It is tried again at ${clockTime(resumesAtMs, nowMs)}. Make room on the disk of the data folder.`,
  };
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ');
}

function countFiles(count: number): string {
  return count === 1 ? '1 file stays' : `${count.toLocaleString('en-US')} files stay`;
}

/** `14:05 UTC`, with the date when it is another day's. */
function clockTime(ms: number, nowMs: number): string {
  const iso = new Date(ms).toISOString();
  const isNear = ms - nowMs < 12 * 3_600_000;
  return isNear ? `${iso.slice(11, 16)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
