import type { Clock } from '../../app/clock.ts';
import type { ApiAddress } from './api-address.ts';
import { LoginLedger } from './login-ledger.ts';
import { RequestBudget } from './request-budget.ts';

/** What all who ask one manager's API share. */
export interface ApiLimits {
  readonly budget: RequestBudget;
  readonly logins: LoginLedger;
}

/** One for the whole program: two profiles of one manager, and the test of a third, have one allowance. */
export class SharedApiLimits {
  readonly #clock: Clock;
  readonly #byEndpoint = new Map<string, ApiLimits>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of({ endpoint }: Pick<ApiAddress, 'endpoint'>): ApiLimits {
    const known = this.#byEndpoint.get(endpoint);
    if (known) return known;
    const limits = {
      budget: new RequestBudget(endpoint, this.#clock),
      logins: new LoginLedger(endpoint, this.#clock),
    };
    this.#byEndpoint.set(endpoint, limits);
    return limits;
  }
}
