import type { ClientContext, ClientOptions } from '@orpc/client';
import { asDomainError, connectionLost, isAbort } from './failure.ts';
import type { Link, Transport } from './transport.ts';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  /** `session` counts the links so far: what was asked in an earlier one is asked again. */
  | { readonly kind: 'open'; readonly session: number }
  | { readonly kind: 'lost'; readonly since: number; readonly retryAt: number | null };

/**
 * One link after the other behind one client. Calls wait for the first link; while the link is away they fail at once
 * with `window.connection-lost`, and so do those that were under way when it went.
 */
export class Connection implements Link {
  readonly #transport: Transport;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = { kind: 'connecting' };
  #link: Link | null = null;
  #session = 0;
  #first = Promise.withResolvers<void>();

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.start({
      opened: (link) => {
        this.#link = link;
        this.#session += 1;
        this.#change({ kind: 'open', session: this.#session });
        this.#first.resolve();
      },
      lost: (retryAt) => {
        this.#link = null;
        const since = this.#state.kind === 'lost' ? this.#state.since : Date.now();
        this.#change({ kind: 'lost', since, retryAt });
        this.#first.resolve();
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): ConnectionState => this.#state;
  readonly retryNow = (): void => this.#transport.retryNow();

  readonly call = async (
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> => {
    await this.#first.promise;
    const link = this.#link;
    if (!link) throw connectionLost();
    try {
      const output = await link.call(path, input, options);
      return isStream(output) ? this.#translated(output, link) : output;
    } catch (error) {
      throw this.#translate(error, link);
    }
  };

  async *#translated(items: AsyncIterable<unknown>, link: Link): AsyncGenerator {
    try {
      yield* items;
    } catch (error) {
      throw this.#translate(error, link);
    }
  }

  /** A call that ends because its link ended says so, whatever the library calls it. */
  #translate(error: unknown, link: Link): unknown {
    if (link !== this.#link) return connectionLost();
    return isAbort(error) ? error : asDomainError(error);
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}
