import { DomainError, toWireError, type WireError } from '../../../src-shared/errors/domain-error.ts';
import type { PublicationStore, WaitingPublication } from '../../store/publication-store.ts';
import type { Clock } from '../clock.ts';
import type { OutcomeEvent } from './hand-over.ts';

export interface PumpOptions {
  readonly profileId: number;
  readonly publications: PublicationStore;
  readonly handOver: (outcome: OutcomeEvent, signal: AbortSignal) => Promise<void>;
  /** The way to the manager is open. */
  readonly isReady: () => boolean;
  /** The alerts of the manager are read up to their end: what has not come back by now is late. */
  readonly isFollowing: () => boolean;
  /** False where nobody reads the alerts of this manager: nothing is ever seen to come back. */
  readonly mayBeSeen: () => boolean;
  readonly clock: Clock;
  /** At least so long between two hand-overs. */
  readonly intervalMs: number;
  /** A publication changed its state. */
  readonly changed: () => void;
}

/** Refusals of one outcome before it is given up; the pause grows threefold from the first. */
const MOST_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 5_000;
/** A manager that is not reached costs no attempt. */
const AWAY_PAUSE_MS = 30_000;
/** Rules fire within seconds; a manager under load, or a follower that has just come back, gets more. */
export const SEEN_WITHIN_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 60_000;

/** The manager was not reached: nothing was taken. */
const AWAY = new Set([
  'manager.offline',
  'manager.cancelled',
  'api.cancelled',
  'api.unreachable',
  'api.rate-limited',
  'api.locked-out',
  'api.certificate-unknown',
  'api.certificate-changed',
  'api.sign-in-refused',
  'api.no-password',
]);
/** Trying again changes nothing, and would hold up all that wait behind it. */
const HOPELESS = new Set(['publishing.too-large', 'publishing.not-possible']);
/** It may have been taken: its alert will tell. */
const UNSURE = new Set(['publishing.unsure', 'api.timeout']);

/** Hands the outcomes that wait for one manager over, in order, one at a time and not too fast. */
export class PublishPump {
  readonly #options: PumpOptions;
  #stopping: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #nap: AbortController | null = null;
  #hasNews = false;

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#stopping) return;
    this.#stopping = new AbortController();
    this.#running = this.#run(this.#stopping.signal);
  }

  /** An outcome was queued, or the way opened. */
  wake(): void {
    this.#hasNews = true;
    this.#nap?.abort();
  }

  async stop(): Promise<void> {
    this.#stopping?.abort();
    await this.#running;
    this.#stopping = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#hasNews = false;
      this.#giveUpTheUnseen();
      await this.#rest(await this.#step(signal), signal);
    }
  }

  /** Hands over what is next; returns how long to rest afterwards. */
  async #step(signal: AbortSignal): Promise<{ readonly ms: number; readonly endsByNews: boolean }> {
    const { publications, profileId, clock, isReady, intervalMs } = this.#options;
    const next = isReady() ? publications.next(profileId) : null;
    if (!next) return { ms: LOOK_AGAIN_MS, endsByNews: true };
    const early = next.dueMs - clock.now();
    if (early > 0) return { ms: Math.min(early, LOOK_AGAIN_MS), endsByNews: false };
    await this.#handOver(next, signal);
    return { ms: intervalMs, endsByNews: false };
  }

  async #handOver(next: WaitingPublication, signal: AbortSignal): Promise<void> {
    const { publications, profileId, clock, changed, handOver } = this.#options;
    publications.begin(profileId, next.id, clock.now());
    try {
      await handOver({ event: next.event, agent: next.agent }, signal);
      publications.markSent(profileId, next.id, clock.now());
    } catch (error) {
      this.#refused(next, error);
    }
    changed();
  }

  #refused({ id, attempts }: WaitingPublication, error: unknown): void {
    const { publications, profileId, clock } = this.#options;
    const nowMs = clock.now();
    const code = error instanceof DomainError ? error.code : null;
    const wire = toWireError(error, `publishing ${id}`);
    if (code !== null && UNSURE.has(code)) return;
    if (code !== null && AWAY.has(code)) {
      publications.putBack(profileId, id, nowMs + AWAY_PAUSE_MS, wire);
    } else if (attempts + 1 >= MOST_ATTEMPTS || (code !== null && HOPELESS.has(code))) {
      publications.markFailed(profileId, id, nowMs, wire);
    } else {
      publications.putOff(profileId, id, nowMs + FIRST_PAUSE_MS * 3 ** attempts, wire);
    }
  }

  #giveUpTheUnseen(): void {
    const { publications, profileId, clock, isFollowing, mayBeSeen, changed } = this.#options;
    const isRead = mayBeSeen();
    if (isRead && !isFollowing()) return;
    const nowMs = clock.now();
    const why = isRead ? neverSeen() : nobodyReads();
    if (publications.expire(profileId, nowMs - SEEN_WITHIN_MS, nowMs, why) > 0) changed();
  }

  async #rest(
    { ms, endsByNews }: { readonly ms: number; readonly endsByNews: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted || (endsByNews && this.#hasNews)) return;
    const nap = new AbortController();
    if (endsByNews) this.#nap = nap;
    await this.#options.clock.wait(ms, AbortSignal.any([signal, nap.signal]));
    this.#nap = null;
  }
}

function nobodyReads(): WireError {
  return {
    code: 'publishing.not-followed',
    message:
      'The manager took outcomes, but its alerts are not followed: nobody sees whether its rules fired.',
    remedy: 'Let this connection follow the alert file of the manager, or switch publishing off for it.',
  };
}

function neverSeen(): WireError {
  return {
    code: 'publishing.never-seen',
    message: `The manager took an outcome, but no alert of it came back within ${SEEN_WITHIN_MS / 60_000} minutes.`,
    remedy:
      'Check on the manager that rules 87101 to 87106 are active and that log_alert_level in ossec.conf is 3 or less.',
  };
}
