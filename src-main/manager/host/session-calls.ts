import type { SshSession } from '../ssh/ssh-link.ts';
import { connectionLost } from './host-errors.ts';

/**
 * Questions to one SSH session. ssh2 forgets callbacks of a connection that is gone; here every open question is
 * answered with `manager.offline` then.
 */
export class SessionCalls {
  readonly #host: string;
  readonly #open = new Set<(error: Error) => void>();
  #isClosed = false;

  constructor(session: SshSession, host: string) {
    this.#host = host;
    void session.closed.then(() => this.#end());
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  lost(cause?: unknown): Error {
    return connectionLost(this.#host, cause);
  }

  /** As the promise, or `manager.offline` as soon as the connection is gone. */
  async wait<T>(answer: Promise<T>): Promise<T> {
    if (this.#isClosed) {
      answer.catch(() => undefined);
      throw this.lost();
    }
    const loss = Promise.withResolvers<never>();
    this.#open.add(loss.reject);
    try {
      return await Promise.race([loss.promise, answer]);
    } catch (error) {
      // ssh2 throws "Not connected" and answers "No response from server" before the loss is told.
      if (isLossOfConnection(error)) throw this.lost(error);
      throw error;
    } finally {
      this.#open.delete(loss.reject);
    }
  }

  /** Waits for a callback with an error or a value. */
  ask<T>(start: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
    return this.wait(
      new Promise<T>((resolve, reject) => {
        start((error, value) => (error ? reject(error) : resolve(value)));
      }),
    );
  }

  /** Waits for a callback with an error or nothing. */
  tell(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    return this.wait(
      new Promise<void>((resolve, reject) => {
        start((error) => (error ? reject(error) : resolve()));
      }),
    );
  }

  #end(): void {
    this.#isClosed = true;
    for (const reject of this.#open) reject(this.lost());
    this.#open.clear();
  }
}

function isLossOfConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Not connected|No response from server|Channel open failure: disconnected)/.test(error.message)
  );
}
