import { isSameEndpoint, type Endpoint } from '../../../src-shared/domain/connection-profile.ts';
import type { AcceptedHostKey, OfferedHostKey } from '../../../src-shared/ipc/connections.ts';

/** The keys a person accepted in one form, each for one machine: see `AcceptedHostKey`. */
export class AcceptedHostKeys {
  readonly #keys: readonly AcceptedHostKey[];
  /** Which machine showed a fingerprint first. */
  readonly #shownBy = new Map<string, Endpoint>();

  constructor(keys: readonly AcceptedHostKey[]) {
    this.#keys = keys;
  }

  /** To be asked of each machine that shows a key, in the order of the way. */
  covers({ host, port, fingerprint }: OfferedHostKey): boolean {
    const machine = { host, port };
    return this.#keys.some((key) => {
      if (typeof key !== 'string') return key.fingerprint === fingerprint && isSameEndpoint(key, machine);
      return key === fingerprint && isSameEndpoint(this.#firstToShow(fingerprint, machine), machine);
    });
  }

  #firstToShow(fingerprint: string, machine: Endpoint): Endpoint {
    const first = this.#shownBy.get(fingerprint) ?? machine;
    this.#shownBy.set(fingerprint, first);
    return first;
  }
}
