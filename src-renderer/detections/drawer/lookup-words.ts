import type { DetectionDetail, DetectionRow } from '../../../src-shared/ipc/detections.ts';
import type { PauseReason, QueueStatus } from '../../../src-shared/ipc/status.ts';
import { formatNumber } from '../../ui/format.ts';

/** Why nothing is asked at the moment, as far as it concerns one waiting file. */
const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  'no-key': 'No VirusTotal key is stored.',
  'key-locked': 'The key is in a vault that awaits its passphrase.',
  'key-rejected': 'VirusTotal does not accept the key.',
  'by-user': 'The queue was paused by hand.',
  'minute-quota': 'The lookups of this minute are used.',
  'day-quota': 'Today’s lookups are used.',
  'month-quota': 'This month’s lookups are used.',
  'rate-limited': 'VirusTotal asked for a pause.',
  network: 'VirusTotal cannot be reached.',
  service: 'VirusTotal has trouble answering.',
};

export function whyWaiting(row: DetectionRow, queue: QueueStatus): string {
  if (queue.reason) return PAUSE_WORDS[queue.reason];
  if (row.standing === 'failed') return '';
  const others = queue.waiting - 1;
  return others > 0
    ? `${formatNumber(others)} other ${others === 1 ? 'file waits' : 'files wait'}; new executables are asked first.`
    : '';
}

/** "Tried 3 times, last: timed out." */
export function attemptsWords(lookup: DetectionDetail['lookup']): string {
  if (!lookup || lookup.attempts === 0) return '';
  const times = lookup.attempts === 1 ? 'once' : `${formatNumber(lookup.attempts)} times`;
  const last = lookup.lastOutcome ? `, last: ${lookup.lastOutcome.replaceAll('-', ' ')}` : '';
  return `Tried ${times}${last}.`;
}
