import { z } from 'zod';

/**
 * What the API can do wrong on request. `expired`: the token is not taken; `slow` answers properly after the delay;
 * `silent` never answers; `cut` sends half a body and drops the connection; `html` is a proxy's page in place of an
 * answer; `huge` sends megabytes without end; `locked-out` refuses to let anybody sign in.
 */
export const apiMisbehaviourSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('expired') }),
  z.object({ kind: z.literal('rate-limit') }),
  z.object({ kind: z.literal('server-error') }),
  z.object({ kind: z.literal('slow'), delayMs: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('silent') }),
  z.object({ kind: z.literal('cut') }),
  z.object({ kind: z.literal('html'), status: z.number().int().min(200).max(599) }),
  z.object({ kind: z.literal('broken-json') }),
  z.object({ kind: z.literal('huge') }),
  z.object({ kind: z.literal('locked-out') }),
]);
export type ApiMisbehaviour = z.input<typeof apiMisbehaviourSchema>;

export interface ApiMisbehaviourOrder {
  /** How many requests it spoils; absent: all until `recover`. */
  readonly times?: number;
  /** Default `calls`: all but signing in. */
  readonly scope?: 'calls' | 'sign-in' | 'everything';
}

interface Pending {
  readonly misbehaviour: ApiMisbehaviour;
  readonly scope: NonNullable<ApiMisbehaviourOrder['scope']>;
  left: number;
}

/** The orders given, first come first served. */
export class ApiMisbehaviourPlan {
  #pending: Pending[] = [];

  order(misbehaviour: ApiMisbehaviour, { times = Infinity, scope = 'calls' }: ApiMisbehaviourOrder): void {
    this.#pending.push({
      misbehaviour,
      scope: misbehaviour.kind === 'locked-out' ? 'sign-in' : scope,
      left: times,
    });
  }

  /** What spoils the request at hand; null when it is answered properly. */
  take(isSignIn: boolean): ApiMisbehaviour | null {
    const kind = isSignIn ? 'sign-in' : 'calls';
    const next = this.#pending.find(({ scope }) => scope === 'everything' || scope === kind);
    if (!next) return null;
    next.left -= 1;
    if (next.left <= 0) this.#pending = this.#pending.filter((order) => order !== next);
    return next.misbehaviour;
  }

  clear(): void {
    this.#pending = [];
  }
}
