import type { SecretStatus } from '../../src-shared/ipc/settings.ts';
import { setOutside } from './secret-errors.ts';
import type { SecretName, SecretStore } from './secret-store.ts';

/** Secrets that are there for this run only and come from outside: nothing to store, nothing to unlock. */
export interface GivenSecrets {
  /** For the eye: the name of the environment variable. */
  readonly source: string;
  readonly secrets: ReadonlyMap<SecretName, string>;
}

/**
 * A store behind secrets that are given from outside; the first that gives one counts. The store is opened when it is
 * needed: on a host without a desktop its key store may take seconds to not answer.
 */
export class OverlaidSecrets implements SecretStore {
  readonly #given: readonly GivenSecrets[];
  readonly #open: () => Promise<SecretStore>;
  #store: Promise<SecretStore> | null = null;

  constructor(given: readonly GivenSecrets[], open: () => Promise<SecretStore>) {
    this.#given = given;
    this.#open = open;
  }

  /** About the VirusTotal key where that is given; whether the store behind is locked is told in either case. */
  async status(): Promise<SecretStatus> {
    const status = await (await this.#behind()).status();
    const source = this.#sourceOf('virustotal-key')?.source;
    return source === undefined ? status : { ...status, backend: 'environment', backendName: source };
  }

  async names(): Promise<readonly SecretName[]> {
    const given = this.#given.flatMap(({ secrets }) => [...secrets.keys()]);
    return [...new Set([...given, ...(await (await this.#behind()).names())])];
  }

  async get(name: SecretName): Promise<string | null> {
    const given = this.#sourceOf(name)?.secrets.get(name);
    return given === undefined ? (await this.#behind()).get(name) : given;
  }

  async set(name: SecretName, value: string, options: { readonly acceptsClearText: boolean }): Promise<void> {
    this.#requireKept(name);
    await (await this.#behind()).set(name, value, options);
  }

  async remove(name: SecretName): Promise<void> {
    this.#requireKept(name);
    await (await this.#behind()).remove(name);
  }

  async unlock(passphrase: string): Promise<SecretStatus> {
    await (await this.#behind()).unlock(passphrase);
    return this.status();
  }

  #behind(): Promise<SecretStore> {
    this.#store ??= this.#open();
    return this.#store;
  }

  #sourceOf(name: SecretName): GivenSecrets | undefined {
    return this.#given.find(({ secrets }) => secrets.has(name));
  }

  #requireKept(name: SecretName): void {
    const source = this.#sourceOf(name)?.source;
    if (source !== undefined) throw setOutside(source);
  }
}
