/** What is done to one profile follows each other; different profiles never wait for each other. */
export class ProfileTurns {
  readonly #last = new Map<number, Promise<unknown>>();

  async take<Result>(profileId: number, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(profileId) ?? Promise.resolve();
    const turn = before.then(work);
    const settled = turn.catch(() => undefined);
    this.#last.set(profileId, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(profileId) === settled) this.#last.delete(profileId);
    }
  }
}
