import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { nextUtcDay } from '../../src-shared/domain/quota.ts';
import type { KeyQuotas } from '../../src-shared/formats/virustotal-quotas.ts';
import type { QueueStatus } from '../../src-shared/ipc/status.ts';
import type { Clock } from '../app/clock.ts';
import type { ApiKey, ApiKeySource } from './api-key-source.ts';
import { AnswerKeeper } from './answer-keeper.ts';
import { LimitsLearner } from './limits-learner.ts';
import { Listeners } from './listeners.ts';
import type { DueLookup, LookupStore, Settled, Settlement } from './lookup-store.ts';
import type { QuotaLedger, Reservation } from './quota-ledger.ts';
import { QueuePause } from './queue-pause.ts';
import { QueueReaction } from './queue-reaction.ts';
import { describeQueue, personNeeded, putOffUntil, type IdleResult } from './queue-status.ts';
import type { LookupAnswer, LookupClient } from './virustotal-client.ts';

export interface QueuePorts {
  readonly store: LookupStore;
  readonly ledger: QuotaLedger;
  readonly client: LookupClient;
  readonly keys: ApiKeySource;
  readonly clock: Clock;
  /** Told of what should not happen (a store that refuses to write). The queue goes on by itself. */
  readonly onTrouble: (error: unknown) => void;
  /** From 0 to 1, for jitter. */
  readonly random?: () => number;
}

export interface IdleOptions {
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/** Enough to use 240 a minute while each answer takes 8 s. */
const MOST_IN_FLIGHT = 32;
/** The first lookups wait this long for the key's own limits. */
const LEARNING_PATIENCE_MS = 3_000;
/** Re-checks are put into the queue in portions, and looked for this often while there are none. */
const RECHECKS_AT_ONCE = 50;
const RECHECK_PAUSE_MS = 10 * 60_000;
/** Part of the day's allowance that re-checks leave to new files. */
const KEPT_FROM_RECHECKS = 0.2;

/**
 * Works the durable queue off within the quota. One loop sends; answers settle as they come. A file is in flight at
 * most once, a request is reserved before it leaves, and a refusal leaves its file in the queue.
 */
export class LookupQueue {
  readonly #ports: QueuePorts;
  readonly #pause: QueuePause;
  readonly #learner: LimitsLearner;
  readonly #reaction: QueueReaction;
  readonly #inFlight = new Map<number, Promise<void>>();
  readonly #answers: AnswerKeeper;
  readonly #changeListeners: Listeners<[]>;
  readonly #settledListeners: Listeners<[Settled, Settlement]>;
  #key: ApiKey | null = null;
  #isKeyRejected = false;
  #isPausedByUser = false;
  #nextRecheckAtMs = 0;
  #waking = new AbortController();
  #stopping = new AbortController();
  #isRunning = false;
  #loop = Promise.resolve();

  constructor(ports: QueuePorts) {
    this.#ports = ports;
    this.#pause = new QueuePause(ports.random ?? Math.random);
    this.#changeListeners = new Listeners(ports.onTrouble);
    this.#settledListeners = new Listeners(ports.onTrouble);
    this.#answers = new AnswerKeeper(ports.store, (...told) => this.#settledListeners.tell(...told));
    this.#learner = new LimitsLearner(ports, () => this.#changed());
    this.#reaction = new QueueReaction(this.#pause, this.#learner, ports.clock);
  }

  /** Begins to ask. Does nothing when it runs already. */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#stopping = new AbortController();
    void this.keyChanged();
    this.#loop = this.#run(this.#stopping.signal);
  }

  /** Sends nothing any more, waits up to `graceMs` for answers on their way, then cuts them: their files stay queued. */
  async stop(graceMs = 2_000): Promise<void> {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#waking.abort();
    const answers = Promise.all(this.#inFlight.values());
    if (graceMs > 0) await this.#waitAtMost(graceMs, answers);
    this.#stopping.abort();
    await Promise.all([this.#loop, answers]);
    try {
      this.#answers.storeKept();
    } catch (error) {
      this.#ports.onTrouble(error);
    }
    this.#changed();
  }

  /** New work may have come, or something waited for may have ended. */
  wake(): void {
    this.#waking.abort();
  }

  /**
   * A key was stored, removed or unlocked. What was held against the key before is forgotten. `tested` is what
   * `testApiKey` has just returned for it: its quotas, or null when the test spent a lookup; absent without a test.
   */
  async keyChanged(tested?: KeyQuotas | null): Promise<void> {
    const { keys, ledger, onTrouble } = this.#ports;
    try {
      const key = await keys.current();
      this.#key = key;
      this.#isKeyRejected = false;
      this.#pause.forget();
      ledger.useKey(key.state === 'ready' ? key.keyId : null);
      if (key.state === 'ready') {
        if (tested) ledger.learn(key.keyId, tested);
        if (tested === null) ledger.noteLookup();
        if (this.#isRunning) this.#learner.keyChanged(key, Boolean(tested), this.#stopping.signal);
      }
    } catch (error) {
      onTrouble(error);
      this.#key ??= { state: 'none' };
    }
    this.#changed();
  }

  get isPausedByUser(): boolean {
    return this.#isPausedByUser;
  }
  get isKeyRejected(): boolean {
    return this.#isKeyRejected;
  }

  setPaused(isPaused: boolean): void {
    this.#isPausedByUser = isPaused;
    this.#changed();
  }

  status(): QueueStatus {
    return describeQueue(this.#facts());
  }

  /** Told after every change of the status, in the same turn. Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    return this.#changeListeners.add(listener);
  }

  /** Told of every outcome once it is stored. */
  onSettled(listener: (settled: Settled, settlement: Settlement) => void): () => void {
    return this.#settledListeners.add(listener);
  }

  /**
   * Resolves when no file waits any more, or it cannot go on without a person. Files to be asked later count as waiting,
   * unless the next of them is due only after `patienceMs`.
   */
  async whenIdle({ signal, patienceMs = Number.POSITIVE_INFINITY }: IdleOptions): Promise<IdleResult> {
    for (;;) {
      const next = this.#nextChange(signal);
      if (signal.aborted) return { kind: 'aborted' };
      const facts = this.#facts();
      if (this.#isRunning && !facts.key) {
        // Just started: without the key nothing is known of quota and standing.
        await next;
        continue;
      }
      if (facts.waiting.files === 0 && this.#inFlight.size === 0) return { kind: 'idle' };
      const stop = personNeeded(facts);
      if (stop) return { kind: 'stopped', ...stop };
      const nextTryAtMs = putOffUntil(facts, patienceMs);
      if (nextTryAtMs !== null) return { kind: 'put-off', nextTryAtMs };
      await next;
    }
  }

  async #run(stopping: AbortSignal): Promise<void> {
    const { clock, onTrouble } = this.#ports;
    while (this.#isRunning && !stopping.aborted) {
      this.#waking = new AbortController();
      let waitMs: number;
      try {
        waitMs = this.#step();
      } catch (error) {
        onTrouble(error);
        this.#pause.notStored(clock.now());
        waitMs = 1_000;
      }
      if (waitMs > 0) await clock.wait(Math.min(waitMs, FOREVER), this.#waking.signal);
    }
  }

  /** Sends at most one request. Returns how long there is nothing to do, in ms; every change ends the wait early. */
  #step(): number {
    const { store, ledger, clock } = this.#ports;
    const now = clock.now();
    if (this.#key?.state !== 'ready' || this.#isKeyRejected || this.#isPausedByUser) return FOREVER;
    const pause = this.#pause.current;
    if (pause && now < pause.untilMs) return pause.untilMs - now;
    this.#answers.storeKept();
    const learning = this.#learner.patienceLeft(LEARNING_PATIENCE_MS);
    if (learning > 0) return learning;
    const mayFly = this.#pause.isProven ? Math.min(ledger.limits.perMinute, MOST_IN_FLIGHT) : 1;
    if (this.#inFlight.size >= mayFly) return FOREVER;
    const due = store.nextDue(now, new Set(this.#inFlight.keys()));
    if (!due) return this.#waitForWork(now);
    if (due.priority === LOOKUP_PRIORITY.recheck && this.#spareToday() < 1)
      return Math.min(nextUtcDay(now), this.#nextDueAt(now)) - now;
    const slot = ledger.nextSlot();
    if (slot.atMs > now) return slot.atMs - now;
    this.#send(due, this.#key.key);
    return 0;
  }

  #waitForWork(now: number): number {
    const { store } = this.#ports;
    const dueAt = this.#nextDueAt(now);
    if (this.#inFlight.size > 0 || store.waiting(now).files > 0) return dueAt - now;
    if (now >= this.#nextRecheckAtMs) {
      const spare = Math.min(this.#spareToday(), RECHECKS_AT_ONCE);
      if (spare >= 1 && store.enqueueRechecks(now, spare) > 0) return 0;
      this.#nextRecheckAtMs = now + RECHECK_PAUSE_MS;
    }
    return Math.min(dueAt, this.#nextRecheckAtMs) - now;
  }

  #nextDueAt(now: number): number {
    return this.#ports.store.nextDueAt(now, new Set(this.#inFlight.keys())) ?? Number.POSITIVE_INFINITY;
  }

  /** Lookups that today can spend on re-checks. */
  #spareToday(): number {
    const { ledger } = this.#ports;
    const { perDay } = ledger.limits;
    const { today } = ledger.left();
    if (today === null || perDay === null) return RECHECKS_AT_ONCE;
    return Math.floor(today - perDay * KEPT_FROM_RECHECKS);
  }

  #send(due: DueLookup, key: string): void {
    const reservation = this.#ports.ledger.reserve();
    const asking = this.#ask(due, key, reservation).catch((error: unknown) => this.#ports.onTrouble(error));
    this.#inFlight.set(
      due.fileId,
      asking.finally(() => {
        this.#inFlight.delete(due.fileId);
        this.#changed();
      }),
    );
    this.#changed();
  }

  async #ask(due: DueLookup, key: string, reservation: Reservation): Promise<void> {
    const { client, clock, ledger } = this.#ports;
    const stopping = this.#stopping.signal;
    const request = this.#pause.numberRequest();
    const answer = await client.lookup(due.hash, key, stopping);
    // Cut by stop(): whether the service counted it is unknown, so the reservation stands as it was made.
    if (stopping.aborted && answer.blame === 'none' && answer.outcome.kind === 'request-failed') return;
    const isCurrentKey = this.#key?.state === 'ready' && this.#key.key === key;
    if (answer.outcome.kind === 'credentials-rejected' && isCurrentKey) this.#isKeyRejected = true;
    const reaction = this.#reaction.to(answer, due, { request, isCurrentKey });
    if (reaction.isTold) this.#settle(due, answer, reaction.retryAtMs);
    ledger.settle(reservation, {
      sentAtMs: answer.sentAtMs,
      endedAtMs: clock.now(),
      isCounted: answer.outcome.kind !== 'rate-limited' && answer.outcome.kind !== 'credentials-rejected',
    });
  }

  #settle(due: DueLookup, { outcome }: LookupAnswer, retryAtMs: number | null): void {
    const settlement: Settlement = {
      fileId: due.fileId,
      asked: due.hash,
      outcome,
      atMs: this.#ports.clock.now(),
      retryAtMs,
    };
    try {
      this.#answers.store(settlement);
    } catch (error) {
      // Nothing else is asked before the store has taken it.
      this.#pause.notStored(settlement.atMs);
      this.#ports.onTrouble(error);
    }
  }

  #facts() {
    const { store, ledger, clock } = this.#ports;
    return {
      nowMs: clock.now(),
      key: this.#key,
      isKeyRejected: this.#isKeyRejected,
      isPausedByUser: this.#isPausedByUser,
      pause: this.#pause.current,
      inFlight: this.#inFlight.size,
      waiting: store.waiting(clock.now()),
      nextDueAtMs: store.nextDueAt(clock.now(), new Set(this.#inFlight.keys())),
      ledger,
    };
  }

  async #waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
    const patience = new AbortController();
    await Promise.race([work, this.#ports.clock.wait(ms, patience.signal)]);
    patience.abort();
  }

  #changed(): void {
    this.wake();
    this.#changeListeners.tell();
  }

  /** Resolves at the next change or when the signal aborts. */
  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stopListening();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stopListening = this.onChange(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** Longest wait of the loop: it looks again once a day even if nobody wakes it. */
const FOREVER = 24 * 3_600_000;
