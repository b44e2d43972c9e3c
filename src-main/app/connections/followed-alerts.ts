import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError, toWireError, type WireError } from '../../../src-shared/errors/domain-error.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { ConnectionTools } from './connection-tools.ts';

/** Where a manager writes its alerts, below the folder it is installed in (wazuh.md 1.3). */
export function alertsPath(prefix: string, format: 'json' | 'log'): string {
  return `${prefix.replace(/\/+$/, '')}/logs/alerts/alerts.${format}`;
}

/** The machine itself is not reached. */
const AWAY = new Set(['manager.offline', 'manager.cancelled']);

type Followed = Pick<ConnectionProfile, 'id' | 'name' | 'prefix' | 'alertFormat' | 'readsArchives'>;

/** The alert file of one connection: found, followed, and told when its machine is back. */
export class FollowedAlerts {
  /** As it is named at the moment. */
  readonly #profile: () => Followed;
  readonly #host: ManagerHost;
  readonly #tools: ConnectionTools;
  #path: string | null = null;
  #sourceId: number | null = null;
  #prefix: string | null;
  #error: WireError | null = null;
  #finding: Promise<void> | null = null;
  #isClosed = false;

  constructor(profile: () => Followed, host: ManagerHost, tools: ConnectionTools) {
    this.#profile = profile;
    this.#host = host;
    this.#tools = tools;
    this.#prefix = profile().prefix;
  }

  get sourceId(): number | null {
    return this.#sourceId;
  }
  /** As configured, or as found. */
  get prefix(): string | null {
    return this.#prefix;
  }
  /** Why there is nothing to follow. */
  get error(): WireError | null {
    return this.#error;
  }

  /** Follows what is known without asking: what the profile says, else what was found the last time. */
  async start(): Promise<void> {
    const { alertFormat, prefix } = this.#profile();
    if (alertFormat === null) return;
    const path = prefix === null ? this.#knownPath(alertFormat) : alertsPath(prefix, alertFormat);
    if (path !== null) await this.#follow(path, alertFormat);
  }

  /** The machine is reached, for the first time or again. */
  connected(): Promise<void> {
    if (this.#sourceId !== null) this.#tools.sources.wake(this.#sourceId);
    if (this.#profile().prefix !== null) return Promise.resolve();
    this.#finding ??= this.#find().finally(() => (this.#finding = null));
    return this.#finding;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#finding;
    if (this.#sourceId !== null) await this.#tools.sources.rest(this.#sourceId);
  }

  async #find(): Promise<void> {
    const { alertFormat, id } = this.#profile();
    const { abilities, log, changed } = this.#tools;
    try {
      const found = await abilities.detectPrefix(this.#host, null);
      if (this.#isClosed) return;
      this.#prefix = found ?? this.#prefix;
      this.#error = found === null ? notInstalled(this.#host.name) : null;
      if (found !== null && alertFormat !== null)
        await this.#follow(alertsPath(found, alertFormat), alertFormat);
    } catch (error) {
      // Offline again before it could be asked: it is asked when the machine is back.
      if (!(error instanceof DomainError && AWAY.has(error.code))) {
        log.warn('connections.prefix-not-found', { profileId: id, error });
        this.#error = toWireError(error, `the connection ${id}`);
      }
    }
    changed();
  }

  async #follow(path: string, format: 'json' | 'log'): Promise<void> {
    if (path === this.#path || this.#isClosed) return;
    const { id, name, readsArchives } = this.#profile();
    this.#path = path;
    const file = { profile: name, path, format, archives: readsArchives };
    this.#sourceId = await this.#tools.sources.followOver(id, file, this.#host);
  }

  #knownPath(format: 'json' | 'log'): string | null {
    const known = this.#tools.store.sources
      .list()
      .find(
        (source) => source.profileId === this.#profile().id && source.isFollowed && source.format === format,
      );
    return known?.path ?? null;
  }
}

function notInstalled(host: string): WireError {
  return {
    code: 'connections.not-installed',
    message: `No Wazuh manager was found on ${host}.`,
    remedy: 'If it is installed elsewhere than in /var/ossec, enter its folder in the connection.',
  };
}
