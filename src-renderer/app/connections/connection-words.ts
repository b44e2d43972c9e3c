import {
  DEFAULT_SSH_PORT,
  endpointName,
  type ConnectionProfile,
  type SshHop,
} from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionStatus, WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { SourceStatus } from '../../../src-shared/ipc/status.ts';
import { formatBytes, formatLag } from '../../ui/format.ts';
import { clockTime, futureTime } from '../../ui/format-time.ts';
import type { MarkName } from '../../ui/mark.tsx';
import { fileName } from '../../ui/split-path.ts';
import type { Lamp } from '../status-words.ts';

/** How a connection stands, for a row and for the status bar. */
export interface ConnectionWords {
  readonly lamp: Lamp;
  readonly mark: MarkName;
  /** One or two words: `Connected`, `Needs you`. */
  readonly word: string;
  /** What goes with it: since when, when it is tried again. Empty when there is nothing to add. */
  readonly more: string;
  /** How far behind reading is, as a figure and its words; null when that says nothing. */
  readonly lag: readonly [figure: string, words: string] | null;
  /** The worst first: 0 needs a person. */
  readonly rank: number;
}

const RANKS = { you: 0, stopped: 1, waiting: 2, reading: 3, connecting: 4, catchingUp: 5, on: 6, off: 7 };

/** The way that stands worst speaks for the connection; what it reads speaks once both ways stand well. */
export function connectionWords(
  connection: ConnectionStatus,
  source: SourceStatus | null,
  now: number,
): ConnectionWords {
  const { host, api } = connection;
  const worst = waysOf(connection).toSorted((a, b) => WAY_RANKS[a.state] - WAY_RANKS[b.state])[0];
  if (!worst) return { ...quiet('idle', 'Switched off'), rank: RANKS.off };
  // Alerts arrive: an API that is away takes something from the connection, not all of it.
  if (worst === api && host?.state === 'connected' && worst.need === null) {
    return withoutApi(connectedWords(source), api, now);
  }
  switch (worst.state) {
    case 'needs-you':
      return { ...trouble('Needs you', needMore(worst)), rank: RANKS.you };
    case 'stopped':
      // A changed key stops it for good, and yet a person can decide.
      if (worst.need) return { ...trouble('Stopped', needMore(worst)), rank: RANKS.you };
      return { ...trouble('Stopped', `since ${clockTime(worst.since)}`), rank: RANKS.stopped };
    case 'waiting':
      return { ...trouble('No connection', waitingMore(worst, now)), rank: RANKS.waiting };
    case 'connecting':
      return { ...quiet('busy', 'Connecting'), mark: 'queued', rank: RANKS.connecting };
    case 'off':
      return { ...quiet('idle', 'Switched off'), rank: RANKS.off };
    case 'connected':
      return connectedWords(source);
  }
}

function withoutApi(words: ConnectionWords, api: WayStatus, now: number): ConnectionWords {
  switch (api.state) {
    case 'stopped':
      return {
        ...words,
        mark: 'suspicious',
        more: `its API stopped ${clockTime(api.since)}`,
        rank: RANKS.reading,
      };
    case 'waiting':
      return {
        ...words,
        mark: 'suspicious',
        more: `no API ${waitingMore(api, now)}`,
        rank: RANKS.reading,
      };
    case 'connecting':
    case 'connected':
    case 'needs-you':
    case 'off':
      return words;
  }
}

const WAY_RANKS = { 'needs-you': 0, stopped: 1, waiting: 2, connecting: 3, connected: 4, off: 5 } as const;

/** SSH or this machine, and the API: those that the connection has. */
export function waysOf({ host, api }: ConnectionStatus): readonly WayStatus[] {
  return [host, api].filter((way) => way !== null);
}

function trouble(word: string, more: string): Omit<ConnectionWords, 'rank'> {
  return { lamp: 'off', mark: 'failed', word, more, lag: null };
}

function quiet(lamp: Lamp, word: string): Omit<ConnectionWords, 'rank'> {
  return { lamp, mark: 'waits', word, more: '', lag: null };
}

function needMore({ need }: WayStatus): string {
  return need ? NEED_MORE[need.kind] : '';
}

const NEED_MORE = {
  'host-key-unknown': 'to compare its host key',
  'host-key-changed': 'its host key changed',
  'certificate-unknown': 'to compare its certificate',
  'certificate-changed': 'its certificate changed',
  prompt: 'to answer it',
  secret: 'to give a password',
} as const;

function waitingMore({ since, retryAt }: WayStatus, now: number): string {
  const sinceWords = `since ${clockTime(since)}`;
  return retryAt === null ? sinceWords : `${sinceWords}, tried again ${futureTime(retryAt, now)}`;
}

function connectedWords(source: SourceStatus | null): ConnectionWords {
  const on = { lamp: 'on', mark: 'clean', word: 'Connected', more: '', lag: null } as const;
  if (source === null) return { ...on, rank: RANKS.on };
  const name = visibleText(fileName(source.path));
  switch (source.state) {
    case 'missing':
      return { ...trouble('Connected', `${name} is not there`), rank: RANKS.reading };
    case 'unreadable':
      return { ...trouble('Connected', `${name} cannot be read`), rank: RANKS.reading };
    case 'catching-up':
      return {
        ...on,
        lamp: 'busy',
        mark: 'queued',
        word: 'Catching up',
        lag: [formatBytes(source.bytesBehind), 'behind'],
        rank: RANKS.catchingUp,
      };
    case 'following':
      return {
        ...on,
        lag: source.lagMs === null ? null : [formatLag(source.lagMs), 'behind'],
        rank: RANKS.on,
      };
    case 'stopped':
      return { ...on, more: 'reading is stopped', rank: RANKS.on };
    case 'offline':
      return { ...on, rank: RANKS.on };
  }
}

/** `No connection since 14:06, tried again in 18 s`; `Connected, its API stopped 14:06`. */
export function stateSentence({ word, more }: Pick<ConnectionWords, 'word' | 'more'>): string {
  if (more === '') return word;
  return /^(since|to) /.test(more) ? `${word} ${more}` : `${word}, ${more}`;
}

/** `verdict@mgr-fra-1:22 via jump-1, jump-2`, `this machine`, or what the API is reached by. */
export function wayWords({ ssh, isLocal, api }: Omit<ConnectionProfile, 'id'>): string {
  const parts: string[] = [];
  if (isLocal) parts.push('this machine');
  if (ssh) {
    const via = ssh.jumps.map(({ host, port }) =>
      port === DEFAULT_SSH_PORT ? visibleText(host) : visibleText(endpointName(host, port)),
    );
    parts.push(hopWords(ssh) + (via.length > 0 ? ` via ${via.join(', ')}` : ''));
  }
  if (api) parts.push(`API ${visibleText(api.url.replace(/^https:\/\//, '').replace(/\/$/, ''))}`);
  return parts.join(' · ');
}

export function hopWords({ user, host, port }: Pick<SshHop, 'user' | 'host' | 'port'>): string {
  return visibleText(`${user}@${endpointName(host, port)}`);
}

/** The source that a connection follows. */
export function sourceOf(
  { sourceId }: ConnectionStatus,
  sources: readonly SourceStatus[],
): SourceStatus | null {
  return sources.find(({ id }) => id === sourceId) ?? null;
}

/** Sources that were named directly: no connection follows them. */
export function plainSources(
  sources: readonly SourceStatus[],
  connections: readonly ConnectionStatus[],
): readonly SourceStatus[] {
  const followed = new Set(connections.map(({ sourceId }) => sourceId));
  return sources.filter(({ id }) => !followed.has(id));
}
