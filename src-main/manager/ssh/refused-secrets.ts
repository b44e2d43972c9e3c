import { createHmac, randomBytes } from 'node:crypto';

/**
 * Secrets a server has turned down, so that none is sent to it a second time: accounts lock after a few. Only keyed
 * digests are kept, and only in memory.
 */
export class RefusedSecrets {
  readonly #key = randomBytes(32);
  readonly #digests = new Set<string>();

  has(hop: number | null, secret: string): boolean {
    return this.#digests.has(this.#digest(hop, secret));
  }

  add(hop: number | null, secret: string): void {
    this.#digests.add(this.#digest(hop, secret));
  }

  clear(): void {
    this.#digests.clear();
  }

  #digest(hop: number | null, secret: string): string {
    return createHmac('sha256', this.#key)
      .update(`${hop ?? 'manager'}\0${secret}`)
      .digest('base64');
  }
}
