import { z } from 'zod';

/**
 * What the service can do wrong on request. `slow` answers properly after the delay; `silent` never answers; `cut` sends
 * half a body and drops the connection; `html` is a proxy's page in place of an answer.
 */
export const misbehaviourSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rate-limit'),
    /** Sent as Retry-After: a number as seconds, text as it is (an HTTP date). Absent: no such header. */
    retryAfter: z.union([z.number().int().nonnegative(), z.string()]).optional(),
  }),
  z.object({ kind: z.literal('unauthorized') }),
  z.object({ kind: z.literal('server-error'), status: z.number().int().min(500).max(599).default(503) }),
  z.object({ kind: z.literal('slow'), delayMs: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('silent') }),
  z.object({ kind: z.literal('cut') }),
  z.object({ kind: z.literal('html'), status: z.number().int().min(200).max(599) }),
  z.object({ kind: z.literal('broken-json') }),
]);
export type Misbehaviour = z.input<typeof misbehaviourSchema>;

export interface MisbehaviourOrder {
  /** How many requests it spoils; absent: all until `recover`. */
  readonly times?: number;
  /** Only file lookups, or quota questions too. */
  readonly scope?: 'lookups' | 'everything';
}

interface Pending {
  readonly misbehaviour: Misbehaviour;
  readonly scope: 'lookups' | 'everything';
  left: number;
}

/** The orders given, first come first served. */
export class MisbehaviourPlan {
  #pending: Pending[] = [];

  order(misbehaviour: Misbehaviour, { times = Infinity, scope = 'lookups' }: MisbehaviourOrder): void {
    this.#pending.push({ misbehaviour, scope, left: times });
  }

  /** What spoils the request at hand; null when it is answered properly. */
  take(isLookup: boolean): Misbehaviour | null {
    const next = this.#pending.find(({ scope }) => isLookup || scope === 'everything');
    if (!next) return null;
    next.left -= 1;
    if (next.left <= 0) this.#pending = this.#pending.filter((order) => order !== next);
    return next.misbehaviour;
  }

  clear(): void {
    this.#pending = [];
  }
}
