import type { Clock } from '../../app/clock.ts';
import { ApiMustWait, lockedOut } from './api-errors.ts';

/** The API blocks an address after 50 refused sign-ins for 300 s, counted from the first of them (wazuh.md 7.2). */
const BLOCK_MS = 300_000;
/** Far below 50: other programs on this machine count against the same block. */
const MOST_REFUSED = 10;

/** Which sign-ins one manager refused this program lately, whichever profile or test of a connection tried them. */
export class LoginLedger {
  readonly #host: string;
  readonly #clock: Clock;
  #refusedAt: number[] = [];
  #lockedUntilMs = 0;

  constructor(host: string, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  /** Errors: `api.locked-out` while signing in would be refused anyway, or come near to locking this machine out. */
  check(): void {
    const nowMs = this.#clock.now();
    if (this.#lockedUntilMs > nowMs) throw lockedOut(this.#host, this.#lockedUntilMs);
    this.#refusedAt = this.#refusedAt.filter((at) => at > nowMs - BLOCK_MS && at <= nowMs);
    const oldest = this.#refusedAt[0];
    if (oldest === undefined || this.#refusedAt.length < MOST_REFUSED) return;
    throw new ApiMustWait(
      'api.locked-out',
      `${MOST_REFUSED} sign-ins to ${this.#host} were refused within five minutes. No more are tried for now, so that the manager does not lock this machine out.`,
      'Find out the right password; signing in goes on by itself.',
      oldest + BLOCK_MS,
    );
  }

  noteRefused(): void {
    this.#refusedAt.push(this.#clock.now());
  }

  /** The API blocks this machine. It may have done so for a while, so the end is the latest that it can be. */
  noteLocked(): ApiMustWait {
    this.#lockedUntilMs = this.#clock.now() + BLOCK_MS;
    return lockedOut(this.#host, this.#lockedUntilMs);
  }

  /** A person says that the block is gone (the API was restarted). What was refused still counts. */
  forgetLock(): void {
    this.#lockedUntilMs = 0;
  }
}
