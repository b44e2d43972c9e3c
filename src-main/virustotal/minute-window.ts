import { DEFAULT_TIMEOUTS } from './http-get.ts';

/** The service counts requests of any 60 seconds. */
const WINDOW_MS = 60_000;
/** Longest way of a request over a standing connection to the moment the service counts it. */
const LONGEST_TRANSIT_MS = 2_000;
/** Two clocks that are disciplined apart drift by a few hundredths of a second in a minute. */
const DRIFT_MS = 100;

/**
 * Which requests the service may still count within the last minute.
 *
 * We know when a request was written to its connection and when its answer came; the service counted it somewhere in
 * between. A slot is therefore free again 60 s after the *latest* moment at which that can have been: the answer, or
 * 2 s after the writing, whichever came first. Two requests of one slot then never fall into one 60-second window of
 * the service. Pacing by the moment of sending alone would let two windows overlap by the difference of two latencies.
 * It costs at most 2.1 s in 62.1: 96.6 % of the allowance is used even when each answer takes long.
 *
 * Until a request has ended its slot is held as if the service counted it at the last possible moment. That is also
 * what is stored before it leaves: after a kill nothing is known but that.
 */
export class MinuteWindow {
  /** Epoch ms until which each request occupies its slot, by reservation. */
  readonly #until = new Map<number, number>();
  #latestMs: number;

  /** `occupiedUntil` as stored. Entries further ahead than any request can last come from a clock that was set back. */
  constructor(occupiedUntil: readonly number[], nowMs: number) {
    this.#latestMs = nowMs;
    for (const [index, untilMs] of occupiedUntil.entries()) {
      this.#until.set(-1 - index, Math.min(untilMs, this.longestOccupation(nowMs)));
    }
  }

  longestOccupation(nowMs: number): number {
    return nowMs + DEFAULT_TIMEOUTS.totalMs + WINDOW_MS + DRIFT_MS;
  }

  /** A request that never left occupies nothing. */
  occupation(end: { readonly sentAtMs: number | null; readonly endedAtMs: number }): number {
    if (end.sentAtMs === null) return end.endedAtMs;
    return Math.min(end.endedAtMs, end.sentAtMs + LONGEST_TRANSIT_MS) + WINDOW_MS + DRIFT_MS;
  }

  occupy(reservation: number, untilMs: number, nowMs: number): void {
    this.#follow(nowMs);
    this.#until.set(reservation, untilMs);
  }

  /** When fewer than `limit` slots are occupied: now, or the moment at which enough of them are free again. */
  freeAt(limit: number, nowMs: number): number {
    const occupied = this.#occupied(nowMs);
    return occupied.length < limit ? nowMs : (occupied[occupied.length - limit] ?? nowMs);
  }

  gauge(nowMs: number): { readonly used: number; readonly firstFreeAtMs: number } {
    const occupied = this.#occupied(nowMs);
    return { used: occupied.length, firstFreeAtMs: occupied[0] ?? nowMs };
  }

  /** Ends of the occupied slots, earliest first. */
  #occupied(nowMs: number): readonly number[] {
    this.#follow(nowMs);
    for (const [reservation, untilMs] of this.#until) {
      if (untilMs <= nowMs) this.#until.delete(reservation);
    }
    return [...this.#until.values()].toSorted((a, b) => a - b);
  }

  /** A clock that was set back would hold every slot for as long: the slots are moved back with it. */
  #follow(nowMs: number): void {
    const back = this.#latestMs - nowMs;
    if (back > 0) {
      for (const [reservation, untilMs] of this.#until) this.#until.set(reservation, untilMs - back);
    }
    this.#latestMs = nowMs;
  }
}
