import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import type { DomainError, WireError } from '../../src-shared/errors/domain-error.ts';
import { completenessOf, NOTHING_PROVEN } from '../../src-shared/domain/completeness.ts';
import type { Completeness, SourceState } from '../../src-shared/ipc/status.ts';

/** How a follower is doing. */
export interface FollowStatus {
  readonly state: SourceState;
  /** Null until the first bytes tell it. */
  readonly format: AlertFormat | null;
  /** Bytes known to be there and not yet read, later files included; archives count as compressed. */
  readonly bytesBehind: number;
  /** Milliseconds from the append to the committed row, of the newest batch; null before the first. */
  readonly lagMs: number | null;
  /** ISO 8601 UTC of the newest alert read; null before the first. */
  readonly lastAlertAt: string | null;
  /** What the alerts' own offsets prove about what was read. */
  readonly completeness: Completeness;
  /** What this follower has committed since it was made. */
  readonly counts: ReadCounts;
  /** Why nothing is read at the moment, with what to do; null while all is well. */
  readonly error: WireError | null;
}

export const NOT_STARTED: FollowStatus = {
  state: 'stopped',
  format: null,
  bytesBehind: 0,
  lagMs: null,
  lastAlertAt: null,
  completeness: completenessOf(NOTHING_PROVEN),
  counts: NO_COUNTS,
  error: null,
};

export function isSameStatus(a: FollowStatus, b: FollowStatus): boolean {
  return (
    a.state === b.state &&
    a.format === b.format &&
    a.bytesBehind === b.bytesBehind &&
    a.lagMs === b.lagMs &&
    a.lastAlertAt === b.lastAlertAt &&
    a.counts === b.counts &&
    a.completeness.since === b.completeness.since &&
    a.completeness.gaps === b.completeness.gaps &&
    a.error?.message === b.error?.message &&
    a.error?.remedy === b.error?.remedy
  );
}

/** The machine itself is not reached: reading goes on when it is back, and no person has to act here. */
const AWAY = new Set(['manager.offline', 'manager.cancelled']);

/**
 * The state that goes with an error: a file or machine that is away is no fault. A file that may not be read is, and so
 * is a machine that is there and hands out no files (`manager.no-sftp`): nothing comes until a person acts.
 */
export function stateOfError(error: DomainError): SourceState {
  if (AWAY.has(error.code)) return 'offline';
  return error.code === 'alerts.missing' ? 'missing' : 'unreadable';
}

/** The later of two ISO 8601 UTC instants: alerts are not in time order (wazuh.md, fixtures). */
export function laterInstant(a: string | null, timeMs: number | null): string | null {
  if (timeMs === null || !Number.isFinite(timeMs) || Math.abs(timeMs) > 8.64e15) return a;
  const b = new Date(timeMs).toISOString();
  return a === null || b > a ? b : a;
}
