import type { Clock } from '../clock.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';

/** Where it is read: which installation, as it was found at which time. */
export interface ArConfPlace {
  readonly host: ManagerHost;
  readonly prefix: string;
  /** Changes when the manager was looked at anew. */
  readonly probedAt: string | null;
}

interface Known {
  readonly names: readonly string[] | null;
  readonly readMs: number;
  readonly place: string;
}

const FRESH_MS = 10 * 60_000;
const LONGEST_READ_MS = 3_000;
const MOST_BYTES = 262_144;

/** The names in ar.conf of managers: what agent_control takes. analysisd writes them anew at each start (wazuh.md 6.1). */
export class ResponseNames {
  readonly #clock: Clock;
  readonly #known = new Map<number, Known>();
  readonly #reading = new Map<number, Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null when they could not be read, or were not yet. */
  of(profileId: number): readonly string[] | null {
    return this.#known.get(profileId)?.names ?? null;
  }

  /** Reads them unless they are fresh. Never rejects. */
  refresh(profileId: number, place: ArConfPlace): Promise<void> {
    const name = `${place.prefix} ${place.probedAt ?? ''}`;
    const known = this.#known.get(profileId);
    if (known?.place === name && this.#clock.now() - known.readMs < FRESH_MS) return Promise.resolve();
    const reading =
      this.#reading.get(profileId) ??
      this.#read(place)
        .then((names) => void this.#known.set(profileId, { names, readMs: this.#clock.now(), place: name }))
        .finally(() => this.#reading.delete(profileId));
    this.#reading.set(profileId, reading);
    return reading;
  }

  async #read({ host, prefix }: ArConfPlace): Promise<readonly string[] | null> {
    const signal = AbortSignal.timeout(LONGEST_READ_MS);
    try {
      const { bytes } = await host.readFile(`${prefix}/etc/shared/ar.conf`, { maxBytes: MOST_BYTES, signal });
      return new TextDecoder()
        .decode(bytes)
        .split('\n')
        .flatMap((line) => /^(\S+) - /.exec(line)?.[1] ?? []);
    } catch {
      // Nobody may read it, or the machine is away: agent_control itself says what it knows.
      return null;
    }
  }
}
