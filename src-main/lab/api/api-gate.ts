/** The API's limits (wazuh.md 7.2), changeable so that tests need not wait for 300 requests. */
export interface LabApiLimits {
  readonly perMinute: number;
  readonly eventsPerMinute: number;
  readonly loginAttempts: number;
  readonly blockMs: number;
  readonly tokenMs: number;
}
export const WAZUH_LIMITS: LabApiLimits = {
  perMinute: 300,
  eventsPerMinute: 30,
  loginAttempts: 50,
  blockMs: 300_000,
  tokenMs: 900_000,
};

const MINUTE_MS = 60_000;

/** Counts as the API does: from the first request of a minute on, for all clients together; the next minute begins afresh. */
export class MinuteCounter {
  #since = -Infinity;
  #count = 0;

  /** True while the request is within the limit. */
  admit(limit: number, nowMs: number): boolean {
    if (nowMs - MINUTE_MS > this.#since) {
      this.#since = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= limit;
  }

  reset(): void {
    this.#since = -Infinity;
    this.#count = 0;
  }
}

/** The lock-out of one address: counted from its first refused sign-in on; a good one in between changes nothing. */
export class LoginGuard {
  #attempts = 0;
  #firstMs = 0;

  get attempts(): number {
    return this.#attempts;
  }

  isBlocked({ loginAttempts, blockMs }: LabApiLimits, nowMs: number): boolean {
    if (this.#attempts > 0 && nowMs - blockMs >= this.#firstMs) this.#attempts = 0;
    return this.#attempts >= loginAttempts;
  }

  noteRefused(nowMs: number): void {
    if (this.#attempts === 0) this.#firstMs = nowMs;
    this.#attempts += 1;
  }

  reset(): void {
    this.#attempts = 0;
  }
}
