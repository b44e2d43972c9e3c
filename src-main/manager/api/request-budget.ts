import type { Clock } from '../../app/clock.ts';
import { cancelled, rateLimited, stillBusy } from './api-errors.ts';

export interface BudgetLimits {
  /** Of any minute. The API's own limit is 300 for all its users together (wazuh.md 7.2): the rest is theirs. */
  readonly perMinute: number;
  /** How many of them may be of those that can wait: what a person waits for always finds room. */
  readonly backgroundPerMinute: number;
  /** `POST /events` alone. */
  readonly eventsPerMinute: number;
  /** Requests under way at once. The API is one process that answers one after another; more only wait there. */
  readonly atOnce: number;
  readonly backgroundAtOnce: number;
}
export const DEFAULT_BUDGET: BudgetLimits = {
  perMinute: 240,
  backgroundPerMinute: 200,
  eventsPerMinute: 30,
  atOnce: 4,
  backgroundAtOnce: 3,
};

export interface TurnKind {
  readonly urgency: 'now' | 'background';
  readonly isEvent: boolean;
}

export interface Turn extends TurnKind {
  /** Epoch ms after which it is no use any more; null: waits as long as it takes. */
  readonly deadlineMs: number | null;
  readonly signal: AbortSignal;
}

interface Waiting extends Turn {
  readonly grant: () => void;
  readonly refuse: (error: Error) => void;
}

/** A minute, and what clocks and networks may shift two requests against each other. */
const WINDOW_MS = 61_000;
/** What is asked in the background gets a turn after so many that went before it. */
const MOST_IN_A_ROW = 9;

/**
 * Who may ask the API when: one sliding window for everybody in this program who talks to that manager. What a person
 * waits for goes first, each kind in its order of asking. After a 429 nobody asks until the pause is over.
 *
 * A turn is taken when a connection is free for it, so that a request leaves at the moment it was counted for: requests
 * that were let go into a queue would arrive in some later minute, all at once.
 */
export class RequestBudget {
  readonly #host: string;
  readonly #clock: Clock;
  readonly #limits: BudgetLimits;
  /** Epoch ms at which turns were taken, oldest first. */
  #taken: number[] = [];
  #events: number[] = [];
  #waiting: readonly Waiting[] = [];
  readonly #underWay = { now: 0, background: 0 };
  #pausedUntilMs = 0;
  #eventsPausedUntilMs = 0;
  #inARow = 0;
  #sleep: AbortController | null = null;

  constructor(host: string, clock: Clock, limits: BudgetLimits = DEFAULT_BUDGET) {
    this.#host = host;
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Resolves when it is this request's turn, with what is to be called when the request has ended. Errors:
   * `api.rate-limited` and `api.timeout` when its turn is not before its deadline, `api.cancelled`.
   */
  take(turn: Turn): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (turn.signal.aborted) return reject(cancelled());
      const leave = () => this.#refuse(waiting, cancelled());
      const end = () => turn.signal.removeEventListener('abort', leave);
      const waiting: Waiting = {
        ...turn,
        grant: () => {
          end();
          resolve(this.#lease(turn.urgency));
        },
        refuse: (error) => {
          end();
          reject(error);
        },
      };
      turn.signal.addEventListener('abort', leave, { once: true });
      this.#waiting = [...this.#waiting, waiting];
      this.#serve();
    });
  }

  /** When the next such request may go, if nobody were before it: epoch ms. */
  opensAt(kind: TurnKind): number {
    this.#serve();
    return this.#freeAt(kind, this.#clock.now());
  }

  /** The API said that the minute is used up (429), by whoever else asks it. Returns when it goes on, epoch ms. */
  pause(kind: 'all' | 'events'): number {
    const untilMs = this.#clock.now() + WINDOW_MS;
    if (kind === 'all') this.#pausedUntilMs = untilMs;
    else this.#eventsPausedUntilMs = untilMs;
    this.#serve();
    return untilMs;
  }

  /** A person changed something: the pause is not waited out. */
  forgetPause(): void {
    this.#pausedUntilMs = 0;
    this.#eventsPausedUntilMs = 0;
    this.#serve();
  }

  #serve(): void {
    const nowMs = this.#clock.now();
    this.#taken = withinWindow(this.#taken, nowMs);
    this.#events = withinWindow(this.#events, nowMs);
    this.#pausedUntilMs = Math.min(this.#pausedUntilMs, nowMs + WINDOW_MS);
    this.#eventsPausedUntilMs = Math.min(this.#eventsPausedUntilMs, nowMs + WINDOW_MS);
    for (let next = this.#next(nowMs); next; next = this.#next(nowMs)) this.#grant(next, nowMs);
    this.#refuseLate(nowMs);
    this.#sleepUntilNext(nowMs);
  }

  #next(nowMs: number): Waiting | null {
    if (this.#waiting.length === 0 || !this.#hasConnection('now')) return null;
    const first = (urgency: Turn['urgency']) =>
      this.#hasConnection(urgency)
        ? this.#waiting.find((turn) => turn.urgency === urgency && this.#freeAt(turn, nowMs) <= nowMs)
        : undefined;
    const isTurned = this.#inARow >= MOST_IN_A_ROW;
    return first(isTurned ? 'background' : 'now') ?? first(isTurned ? 'now' : 'background') ?? null;
  }

  #hasConnection(urgency: Turn['urgency']): boolean {
    const { now, background } = this.#underWay;
    if (now + background >= this.#limits.atOnce) return false;
    return urgency === 'now' || background < this.#limits.backgroundAtOnce;
  }

  #grant(turn: Waiting, nowMs: number): void {
    this.#inARow = turn.urgency === 'now' ? this.#inARow + 1 : 0;
    this.#underWay[turn.urgency] += 1;
    this.#waiting = this.#waiting.filter((other) => other !== turn);
    this.#taken.push(nowMs);
    if (turn.isEvent) this.#events.push(nowMs);
    turn.grant();
  }

  /** Harmless when it is ended twice. */
  #lease(urgency: Turn['urgency']): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#underWay[urgency] -= 1;
      this.#serve();
    };
  }

  #freeAt({ urgency, isEvent }: TurnKind, nowMs: number): number {
    const { perMinute, backgroundPerMinute, eventsPerMinute } = this.#limits;
    const limit = urgency === 'now' ? perMinute : backgroundPerMinute;
    const free = Math.max(this.#pausedUntilMs, slotFreeAt(this.#taken, limit, nowMs));
    if (!isEvent) return free;
    return Math.max(free, this.#eventsPausedUntilMs, slotFreeAt(this.#events, eventsPerMinute, nowMs));
  }

  #refuseLate(nowMs: number): void {
    for (const turn of this.#waiting) {
      if (turn.deadlineMs === null) continue;
      const freeAtMs = this.#freeAt(turn, nowMs);
      if (freeAtMs > turn.deadlineMs) this.#refuse(turn, rateLimited(this.#host, freeAtMs));
      else if (nowMs >= turn.deadlineMs) this.#refuse(turn, stillBusy(this.#host));
    }
  }

  #refuse(turn: Waiting, error: Error): void {
    if (!this.#waiting.includes(turn)) return;
    this.#waiting = this.#waiting.filter((other) => other !== turn);
    turn.refuse(error);
  }

  /** Until the next slot is free or the next deadline is over; a connection that gets free wakes by itself. */
  #sleepUntilNext(nowMs: number): void {
    this.#sleep?.abort();
    this.#sleep = null;
    const times = this.#waiting.map(({ deadlineMs }) => deadlineMs ?? Infinity);
    for (const kind of this.#kindsWaiting()) {
      const freeAtMs = this.#freeAt(kind, nowMs);
      if (freeAtMs > nowMs) times.push(freeAtMs);
    }
    const wakeAtMs = times.reduce((earliest, time) => Math.min(earliest, time), Infinity);
    if (wakeAtMs === Infinity) return;
    const sleep = new AbortController();
    this.#sleep = sleep;
    const wake = () => {
      if (!sleep.signal.aborted) this.#serve();
    };
    void this.#clock.wait(Math.max(wakeAtMs - nowMs, 1), sleep.signal).then(wake);
  }

  /** One of each kind is enough to know when the next turn is: thousands may wait. */
  #kindsWaiting(): readonly TurnKind[] {
    const kinds = new Map<string, TurnKind>();
    for (const turn of this.#waiting) kinds.set(`${turn.urgency}${turn.isEvent}`, turn);
    return [...kinds.values()];
  }
}

/** Entries ahead of the clock come from a clock that was set back since: they count as of now. */
function withinWindow(times: readonly number[], nowMs: number): number[] {
  return times.filter((time) => time > nowMs - WINDOW_MS).map((time) => Math.min(time, nowMs));
}

function slotFreeAt(times: readonly number[], limit: number, nowMs: number): number {
  return times.length < limit ? nowMs : (times[times.length - limit] ?? nowMs) + WINDOW_MS;
}
