import type { ConnectionNeed, ConnectionStatus } from './connections.ts';
import { answer, events, nothing, query } from './procedure.ts';
import type { ReadCounts } from '../domain/counts.ts';
import type { AlertFormat } from '../domain/alert.ts';
import type { QuotaGauges } from '../domain/quota.ts';
import type { WireError } from '../errors/domain-error.ts';

/** The heartbeat of the window: status bar, queue, quota, imports. Sent whole at each change, at most ~4 times a second. */
export interface AppStatus {
  readonly app: AppInfo;
  readonly sources: readonly SourceStatus[];
  /** The profiles, in the order they were added. */
  readonly connections: readonly ConnectionStatus[];
  /** Prompts that running tests of connections wait for. */
  readonly testPrompts: readonly Extract<ConnectionNeed, { kind: 'prompt' }>[];
  readonly imports: readonly ImportStatus[];
  readonly queue: QueueStatus;
  readonly scans: ScanCounts;
  /** Files to triage (new and malicious or suspicious): the number beside Detections. */
  readonly toTriage: number;
  /** Bumped whenever stored events, verdicts, triage, exclusions, sources or settings changed: re-ask what is on screen. */
  readonly revision: number;
}

export interface ScanCounts {
  /** Sent, and their end not seen yet. */
  readonly running: number;
  /** Their agent is away, or their turn has not come. */
  readonly waiting: number;
  /** Orders that are held until a person decides. */
  readonly needsYou: number;
}

export interface AppInfo {
  readonly version: string;
  /** True on the built-in lab: the window always says so. */
  readonly isLab: boolean;
  readonly face: 'desktop' | 'browser';
  readonly platform: string;
  readonly dataFolder: string;
  readonly virustotalUrl: string;
  /** Nothing was ever read and no source is set up: show the welcome. */
  readonly isFirstRun: boolean;
}

/** `offline`: the machine that holds the file is not reached at the moment. */
export type SourceState = 'following' | 'catching-up' | 'missing' | 'unreadable' | 'offline' | 'stopped';
export interface SourceStatus {
  readonly id: number;
  readonly profile: string;
  readonly path: string;
  readonly format: AlertFormat;
  readonly state: SourceState;
  readonly bytesBehind: number;
  /** Milliseconds from append to committed row of the newest batch; null before the first. */
  readonly lagMs: number | null;
  /** ISO 8601 UTC of the newest alert read. */
  readonly lastAlertAt: string | null;
  readonly counts: ReadCounts;
  readonly completeness: Completeness;
  readonly error: WireError | null;
}

/** What the offsets inside the alert ids prove about a source (src-main/alerts/completeness.ts). */
export interface Completeness {
  /** Every alert since then was read: ISO 8601 UTC of the first one; null before anything could be proven. */
  readonly since: string | null;
  /** Gaps that were ever found; the newest in words with what was done about it. */
  readonly gaps: number;
  readonly newestGap: { readonly at: string; readonly detail: string } | null;
}

export type ImportState = 'running' | 'done' | 'cancelled' | 'failed';
export interface ImportStatus {
  readonly id: string;
  readonly name: string;
  readonly state: ImportState;
  readonly bytesRead: number;
  /** Null while unknown (a compressed file, a stream). */
  readonly bytesTotal: number | null;
  readonly counts: ReadCounts;
  readonly error: WireError | null;
}

/** Why the queue does not ask at the moment. `key-locked`: the passphrase vault awaits its passphrase. */
export type PauseReason =
  | 'no-key'
  | 'key-locked'
  | 'key-rejected'
  | 'by-user'
  | 'minute-quota'
  | 'day-quota'
  | 'month-quota'
  | 'rate-limited'
  | 'network'
  | 'service';
export interface QueueStatus {
  /** Distinct files waiting for a first verdict (re-checks not counted). */
  readonly waiting: number;
  /** FIM events behind those files: the ledger's `queued`. */
  readonly waitingEvents: number;
  readonly inFlight: number;
  readonly paused: boolean;
  readonly reason: PauseReason | null;
  /** In words for the screen, with what to do; null when not paused. */
  readonly error: WireError | null;
  /** ISO 8601 UTC: when asking goes on by itself; null when it needs a person or is not paused. */
  readonly resumesAt: string | null;
  /** ISO 8601 UTC: when the queue is empty at the allowed rate; null when it is empty or cannot be told. */
  readonly eta: string | null;
  /** How many of the waiting files today's allowance still covers; null when the day has no limit. */
  readonly coveredToday: number | null;
  readonly quota: QuotaGauges;
}

export const status = {
  get: query(nothing, answer<AppStatus>()),
  watch: events(nothing, answer<AppStatus>()),
};
