import { setTimeout as pause } from 'node:timers/promises';
import type { EndSignal } from './program.ts';

const RETRY_MS = 200;
const MOST_TRIES = 50;

/**
 * Sends signals to programs on the other side, one small program for all that are to be ended at the moment: there is room
 * for one beside the others. It goes on when nobody waits any more, as long as the connection lasts.
 */
export class ProgramEnder {
  readonly #send: (signal: EndSignal, processIds: readonly number[]) => Promise<void>;
  readonly #isOver: () => boolean;
  readonly #pending = new Map<EndSignal, Set<number>>([
    ['TERM', new Set()],
    ['KILL', new Set()],
  ]);
  #isSending = false;

  constructor(
    send: (signal: EndSignal, processIds: readonly number[]) => Promise<void>,
    isOver: () => boolean,
  ) {
    this.#send = send;
    this.#isOver = isOver;
  }

  end(signal: EndSignal, processId: number): void {
    this.#pending.get(signal)?.add(processId);
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    // What is called at once is sent at once.
    await Promise.resolve();
    for (let failures = 0; failures < MOST_TRIES && !this.#isOver();) {
      const batch = this.#nextBatch();
      if (batch === null) break;
      try {
        await this.#send(batch.signal, batch.processIds);
        failures = 0;
      } catch {
        // No room even for this one: those that end by themselves make some.
        failures += 1;
        for (const processId of batch.processIds) this.#pending.get(batch.signal)?.add(processId);
        await pause(RETRY_MS);
      }
    }
    this.#isSending = false;
  }

  #nextBatch(): { readonly signal: EndSignal; readonly processIds: readonly number[] } | null {
    for (const [signal, waiting] of this.#pending) {
      if (waiting.size === 0) continue;
      const processIds = [...waiting];
      waiting.clear();
      return { signal, processIds };
    }
    return null;
  }
}
