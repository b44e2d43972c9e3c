import type { PauseReason, QueueStatus, SourceStatus } from '../../src-shared/ipc/status.ts';
import { formatBytes, formatLag, formatNumber } from '../ui/format.ts';
import { momentToCome } from '../ui/format-time.ts';
import { fileName } from '../ui/split-path.ts';

/** `on`: reading. `busy`: reading what was written before. `off`: should read and cannot. `idle`: nothing to read. */
export type Lamp = 'on' | 'busy' | 'off' | 'idle';

export interface SourceSummary {
  readonly lamp: Lamp;
  /** The word that matters. */
  readonly state: string;
  readonly of: string;
  /** How far behind, as a figure and its words; null when that says nothing. */
  readonly lag: readonly [figure: string, words: string] | null;
}

const TROUBLE_FIRST = ['unreadable', 'missing', 'offline', 'catching-up', 'following', 'stopped'] as const;

/** All followed files in one line: the one in trouble speaks for all, else they are counted. */
export function summariseSources(sources: readonly SourceStatus[]): SourceSummary {
  const worst = TROUBLE_FIRST.map((state) => sources.find((source) => source.state === state)).find(Boolean);
  if (!worst) return { lamp: 'idle', state: 'No source', of: '', lag: null };
  const name = fileName(worst.path);
  switch (worst.state) {
    case 'unreadable':
      return { lamp: 'off', state: 'Cannot read', of: name, lag: null };
    case 'missing':
      return { lamp: 'off', state: 'Missing', of: name, lag: null };
    case 'offline':
      return { lamp: 'off', state: 'Not reached', of: name, lag: null };
    case 'stopped':
      return { lamp: 'idle', state: 'Stopped', of: name, lag: null };
    case 'catching-up':
      return {
        lamp: 'busy',
        state: 'Catching up',
        of: name,
        lag: [formatBytes(worst.bytesBehind), 'behind'],
      };
    case 'following': {
      const following = sources.filter((source) => source.state === 'following');
      const of = following.length === 1 ? name : `${following.length} files`;
      return { lamp: 'on', state: 'Following', of, lag: lagOf(following) };
    }
  }
}

function lagOf(sources: readonly SourceStatus[]): SourceSummary['lag'] {
  const lags = sources.flatMap(({ lagMs }) => (lagMs === null ? [] : [lagMs]));
  return lags.length === 0 ? null : [formatLag(Math.max(...lags)), 'behind'];
}

/** Why nothing is asked, in two words; null while the queue moves or only waits for its next minute. */
const PAUSE_WORDS: Readonly<Record<PauseReason, string | null>> = {
  'no-key': 'no key',
  'key-locked': 'vault locked',
  'key-rejected': 'key not accepted',
  'by-user': 'paused',
  'minute-quota': null,
  'day-quota': null,
  'month-quota': null,
  'rate-limited': 'rate limited',
  network: 'no network',
  service: 'VirusTotal fails',
};

export interface QueueSummary {
  readonly figure: string;
  readonly words: string;
  /** What comes after it: why it stands still, or when it is clear. */
  readonly outlook: string | null;
}

export function summariseQueue(queue: QueueStatus, now: number): QueueSummary {
  const figure = formatNumber(queue.waiting);
  const halted = queue.reason && PAUSE_WORDS[queue.reason];
  if (halted) return { figure, words: 'queued', outlook: halted };
  if (queue.waiting === 0 || queue.eta === null) return { figure, words: 'queued', outlook: null };
  return { figure, words: 'queued', outlook: `clear by ${momentToCome(queue.eta, now)}` };
}
