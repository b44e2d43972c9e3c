import { isVerdict, type LookupRefusal } from '../../src-shared/domain/outcome.ts';
import type { Clock } from '../app/clock.ts';
import type { LimitsLearner } from './limits-learner.ts';
import type { DueLookup } from './lookup-store.ts';
import type { QueuePause } from './queue-pause.ts';
import { RetryPlan } from './retry-plan.ts';
import type { LookupAnswer } from './virustotal-client.ts';

/** What becomes of the file after an answer. */
export interface Reaction {
  /** When it is asked again, epoch ms; null with a verdict. */
  readonly retryAtMs: number | null;
  /** False for the later probes of one outage: they reached nobody and say nothing new. */
  readonly isTold: boolean;
}

export interface RequestFacts {
  /** As QueuePause numbered it. */
  readonly request: number;
  /** False when the key was changed while it was on its way. */
  readonly isCurrentKey: boolean;
}

/** Longer than any pause, so that the next probe is another file and one unreadable report blocks nobody. */
const AFTER_PAUSE_MS = 1_000;

/** Draws the consequences of an answer: does the queue pause, are limits asked for, when is this file's next turn. */
export class QueueReaction {
  readonly #pause: QueuePause;
  readonly #learner: LimitsLearner;
  readonly #clock: Clock;
  readonly #plan = new RetryPlan();

  constructor(pause: QueuePause, learner: LimitsLearner, clock: Clock) {
    this.#pause = pause;
    this.#learner = learner;
    this.#clock = clock;
  }

  to(answer: LookupAnswer, due: DueLookup, facts: RequestFacts): Reaction {
    const { outcome } = answer;
    const now = this.#clock.now();
    if (isVerdict(outcome)) {
      this.#answered(facts);
      this.#plan.settled(due.fileId);
      return { retryAtMs: null, isTold: true };
    }
    switch (outcome.kind) {
      case 'pending':
        this.#answered(facts);
        return { retryAtMs: now + this.#plan.pending(due), isTold: true };
      case 'credentials-rejected':
        return { retryAtMs: now, isTold: true };
      case 'rate-limited':
        if (facts.isCurrentKey) this.#rateLimited(outcome.retryAfterMs, facts);
        return { retryAtMs: now, isTold: true };
      case 'timed-out':
      case 'request-failed':
        return this.#toFailure(outcome, answer.blame, due, facts);
    }
  }

  #toFailure(
    outcome: LookupRefusal,
    blame: LookupAnswer['blame'],
    due: DueLookup,
    facts: RequestFacts,
  ): Reaction {
    const now = this.#clock.now();
    if (blame === 'file') {
      this.#answered(facts);
      return { retryAtMs: now + this.#plan.refused(due), isTold: true };
    }
    const wasAway = this.#pause.current?.reason === 'network';
    this.#pause.failed(blame, outcome, facts.request, now);
    if (blame === 'network') return { retryAtMs: now, isTold: !wasAway };
    const probeAtMs = this.#pause.current?.untilMs ?? now;
    return { retryAtMs: Math.max(probeAtMs + AFTER_PAUSE_MS, now + this.#plan.troubled(due)), isTold: true };
  }

  #rateLimited(retryAfterMs: number | null, { request }: RequestFacts): void {
    this.#pause.rateLimited(retryAfterMs, request, this.#clock.now());
    this.#learner.unexpectedRefusal();
  }

  #answered({ request }: RequestFacts): void {
    this.#pause.answered(request);
    this.#learner.serviceAnswered();
  }
}
