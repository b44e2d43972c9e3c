/** Wakes whoever waits for a change. */
export class Changes {
  #next = Promise.withResolvers<void>();

  tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /** Resolves with the first change from now on: to be taken before looking at what may change. */
  next(): Promise<void> {
    return this.#next.promise;
  }
}
