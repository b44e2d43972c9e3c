import { DomainError, type WireError } from '../../../src-shared/errors/domain-error.ts';
import type { WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { Clock } from '../../app/clock.ts';
import { ApiMustWait, ApiNeedsPerson } from './api-errors.ts';

type Rest = Pick<WayStatus, 'state' | 'error' | 'need' | 'retryAt'>;

const QUIET = { error: null, need: null, retryAt: null };

/** The API answered, whatever it thinks of the request. */
const ANSWERED = new Set(['api.forbidden', 'api.not-found', 'api.refused']);

/** How the way to an API stands, by what became of the newest request. */
export class ApiState {
  readonly #clock: Clock;
  readonly #listeners = new Set<(status: WayStatus) => void>();
  #status: WayStatus;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#status = { ...QUIET, state: 'off', since: this.#now() };
  }

  get status(): WayStatus {
    return this.#status;
  }

  onStatus(listener: (status: WayStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A failure stays on show until the next answer tells that it is over. */
  connecting(): void {
    if (this.#status.state === 'off') this.#change({ ...QUIET, state: 'connecting' });
  }

  connected(): void {
    this.#change({ ...QUIET, state: 'connected' });
  }

  off(): void {
    this.#change({ ...QUIET, state: 'off' });
  }

  failed(error: unknown): void {
    if (!(error instanceof DomainError)) return;
    if (ANSWERED.has(error.code)) return this.connected();
    // Whoever gave up says nothing about the API.
    if (error.code === 'api.cancelled') return this.#status.state === 'connecting' ? this.off() : undefined;
    const wire: WireError = { code: error.code, message: error.message, remedy: error.remedy };
    if (error instanceof ApiNeedsPerson) {
      return this.#change({ state: 'needs-you', error: wire, need: error.need, retryAt: null });
    }
    const retryAt = error instanceof ApiMustWait ? new Date(error.retryAtMs).toISOString() : null;
    this.#change({ state: 'waiting', error: wire, need: null, retryAt });
  }

  #change(next: Rest): void {
    const old = this.#status;
    const isSame =
      old.state === next.state && old.error?.code === next.error?.code && old.retryAt === next.retryAt;
    if (isSame && JSON.stringify(old.need) === JSON.stringify(next.need)) return;
    const since = old.state === next.state ? old.since : this.#now();
    this.#status = { ...next, since };
    for (const listener of this.#listeners) listener(this.#status);
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
