import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { Clock } from '../app/clock.ts';
import type { AlertFileHost } from './alert-file-host.ts';
import type { AlertJournal } from './alert-journal.ts';

/** What is followed, and with what. */
export interface FollowOptions {
  readonly sourceId: number;
  /** The machine that holds the file. */
  readonly host: AlertFileHost;
  /** The live name: alerts.json or alerts.log in the manager's logs/alerts, or any file that grows like them. */
  readonly path: string;
  /** `auto`: told by the first bytes, else by the ending of the name. */
  readonly format: AlertFormat | 'auto';
  /** On the very first start: also read the earlier days that are still there, oldest first. */
  readonly archives: boolean;
  readonly journal: AlertJournal;
  readonly clock: Clock;
  /** Largest single fetch; the default suits everything but tests. */
  readonly chunkBytes?: number;
}

export const DEFAULT_CHUNK_BYTES = 4 * 1024 * 1024;
/** A replaced file is left when it has been at rest this long: its writer may still hold lines for it. */
export const GRACE_MS = 1_000;
/** An alert in the text form is complete when nothing followed it for this long. */
export const SETTLE_MS = 1_000;
