import type { CapabilityReport } from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { toWireError, type WireError } from '../../../src-shared/errors/domain-error.ts';
import type { ConnectionStatus, OfferedCertificate, WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import { openWazuhApi } from '../../manager/api/wazuh-client.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import { SshHost } from '../../manager/host/ssh-host.ts';
import type { SshLink } from '../../manager/ssh/ssh-link.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import type { PublishingTarget } from '../publishing/hand-over.ts';
import { AgentRefresher } from './agent-refresher.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { FollowedAlerts } from './followed-alerts.ts';
import { openHostOf } from './open-host.ts';
import { apiPorts, type SecretLookup } from './open-ways.ts';
import { Publishing } from './publishing.ts';

/** One profile at work: its ways to the manager, the alerts it follows, its agents, what it publishes. */
export class ManagerConnection {
  readonly #tools: ConnectionTools;
  readonly #secretOf: SecretLookup;
  readonly #since: string;
  readonly #link: SshLink | null;
  readonly #host: ManagerHost | null;
  readonly #api: WazuhApi | null;
  /** Why the configured API cannot even be asked. */
  readonly #apiError: WireError | null = null;
  readonly #alerts: FollowedAlerts | null;
  readonly #agents: AgentRefresher;
  readonly #publishing: Publishing;
  readonly #closing = new AbortController();
  readonly #closers: (() => void | Promise<void>)[] = [];
  #profile: ConnectionProfile;
  #probing: Promise<CapabilityReport> | null = null;
  #capabilities: CapabilityReport | null;

  constructor({ profile, capabilities }: StoredProfile, tools: ConnectionTools) {
    this.#tools = tools;
    this.#profile = profile;
    this.#capabilities = capabilities;
    this.#secretOf = (secret) => tools.secrets.get(profile.id, secret);
    this.#since = new Date(tools.clock.now()).toISOString();
    const { link, host } = openHostOf(profile, tools, this.#secretOf);
    this.#link = link;
    this.#host = host;
    const api = openApiOf(profile, tools, this.#secretOf);
    this.#api = api && 'request' in api ? api : null;
    this.#apiError = api && 'code' in api ? api : null;
    this.#alerts = host && new FollowedAlerts(() => this.#profile, host, tools);
    this.#agents = new AgentRefresher({
      profileId: profile.id,
      api: this.#api,
      host,
      prefix: () => this.#prefix,
      tools,
    });
    this.#publishing = new Publishing(profile.id, {
      tools,
      target: () => this.#target(),
      isOpen: (way) => (way === 'api' ? this.#api?.status : this.#hostStatus('ssh'))?.state === 'connected',
      isFollowing: () => this.#isFollowing(),
      mayBeSeen: () => this.#profile.alertFormat !== null,
    });
  }

  get profile(): ConnectionProfile {
    return this.#profile;
  }

  /** For what is done with the manager besides what is done here. */
  get ways(): ManagerWays {
    return {
      host: this.#host,
      link: this.#link,
      api: this.#api,
      isHostUp: this.#link === null || this.#link.status.state === 'connected',
      prefix: this.#prefix,
      capabilities: this.#capabilities,
    };
  }

  get status(): ConnectionStatus {
    const { id, name, ssh, isLocal } = this.#profile;
    const { waiting, sent } = this.#tools.store.publications.counts(id);
    return {
      id,
      name,
      host: this.#hostStatus(isLocal ? 'local' : 'ssh'),
      api: this.#apiStatus(),
      allowsLegacyAlgorithms: ssh?.allowsLegacyAlgorithms ?? false,
      sourceId: this.#alerts?.sourceId ?? null,
      unpublished: waiting + sent,
    };
  }

  /** Everything begins side by side; nothing is waited for but what is on this machine. */
  async start(): Promise<void> {
    const { changed } = this.#tools;
    if (this.#link) {
      this.#closers.push(
        this.#link.onStatus(changed),
        this.#link.onConnected(() => this.#connected()),
      );
    }
    if (this.#api) this.#closers.push(this.#api.onStatus(() => this.#apiMoved()));
    await this.#alerts?.start();
    this.#link?.start();
    if (this.#host && !this.#link) this.#connected();
    this.#agents.start();
    this.#publishing.apply(this.#profile.publishing);
  }

  /** Ends all of it in order: who uses a way before the way. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const close of this.#closers.splice(0)) await close();
    const stopsLink = this.#link?.stop();
    await Promise.all([this.#alerts?.close(), this.#agents.stop(), this.#publishing.stop()]);
    await this.#probing?.catch(() => undefined);
    await this.#api?.close();
    if (this.#host instanceof SshHost) this.#host.close();
    await stopsLink;
  }

  /** A change of the profile that touches no way: its name, its publishing. */
  apply(profile: ConnectionProfile): void {
    this.#profile = profile;
    this.#publishing.apply(profile.publishing);
  }

  /** A person did what was needed: what waited tries now. */
  retry(): void {
    this.#link?.retry();
    if (this.#api && this.#api.status.state !== 'connected') this.#api.reset();
    this.#agents.trigger();
  }

  answerPrompt(promptId: string, answers: readonly string[]): boolean {
    return this.#link?.answerPrompt(promptId, answers) ?? false;
  }

  /** True when a way of this connection waits for this key. */
  needsHostKey(host: string, port: number): boolean {
    const need = this.#link?.status.need;
    const isAboutKey = need?.kind === 'host-key-unknown' || need?.kind === 'host-key-changed';
    return isAboutKey && need.offered.host === host && need.offered.port === port;
  }

  /** The certificate the API showed and nobody has accepted yet; null when that is not what it waits for. */
  get offeredCertificate(): OfferedCertificate | null {
    const need = this.#api?.status.need;
    return need?.kind === 'certificate-unknown' ? need.offered : null;
  }

  /** True when a way waits for a secret. */
  get lacksSecret(): boolean {
    return [this.#link, this.#api].some((way) => way?.status.need?.kind === 'secret');
  }

  refreshAgents(): Promise<void> {
    return this.#agents.refresh();
  }

  outcomeSettled(): void {
    this.#publishing.wake();
  }

  /** Looks at what the account may do; several who ask share one look. */
  probe(): Promise<CapabilityReport> {
    this.#probing ??= this.#probe().finally(() => (this.#probing = null));
    return this.#probing;
  }

  async #probe(): Promise<CapabilityReport> {
    const { abilities, clock, store, dataChanged } = this.#tools;
    const report = await abilities.probe({
      host: this.#host,
      api: this.#api,
      profile: this.#profile,
      clock,
      signal: this.#closing.signal,
      sudoPassword: () => this.#secretOf('sudo-password'),
    });
    if (this.#closing.signal.aborted) return report;
    this.#capabilities = report;
    store.profiles.setCapabilities(this.#profile.id, report);
    dataChanged();
    return report;
  }

  #connected(): void {
    this.#alerts?.connected().then(
      () => this.#settledIn(),
      (error: unknown) => this.#tools.log.warn('connections.not-followed', { id: this.#profile.id, error }),
    );
  }

  /** Where the manager is installed is known now: what needs it goes on. */
  #settledIn(): void {
    if (this.#closing.signal.aborted) return;
    // The API knows more of agents; where it works nothing else is asked.
    if (this.#api?.status.state !== 'connected') this.#agents.trigger();
    this.#publishing.wake();
    this.#probeWhenOld();
  }

  #apiMoved(): void {
    this.#tools.changed();
    if (this.#api?.status.state !== 'connected') return;
    this.#publishing.wake();
    if (!this.#host) this.#probeWhenOld();
  }

  /** Once a day, and when a connection is new. */
  #probeWhenOld(): void {
    const ageMs = this.#tools.clock.now() - Date.parse(this.#capabilities?.probedAt ?? '1970-01-01');
    if (ageMs < PROBE_LASTS_MS || this.#probing) return;
    this.probe().catch((error: unknown) => {
      if (this.#closing.signal.aborted) return;
      this.#tools.log.warn('connections.not-probed', { id: this.#profile.id, error });
    });
  }

  get #prefix(): string | null {
    return this.#alerts?.prefix ?? this.#profile.prefix;
  }

  #target(): PublishingTarget {
    return {
      profile: this.#profile,
      host: this.#host,
      api: this.#api,
      prefix: this.#prefix,
      version: this.#capabilities?.manager.version ?? null,
    };
  }

  #isFollowing(): boolean {
    const sourceId = this.#alerts?.sourceId ?? null;
    return sourceId !== null && this.#tools.sources.isCaughtUp(sourceId);
  }

  #hostStatus(kind: 'ssh' | 'local'): ConnectionStatus['host'] {
    if (!this.#host) return null;
    const way = this.#link?.status ?? { ...QUIET, state: 'connected' as const, since: this.#since };
    const error = way.error ?? (way.state === 'connected' ? (this.#alerts?.error ?? null) : null);
    return { ...way, error, kind };
  }

  #apiStatus(): WayStatus | null {
    if (this.#apiError) return { ...QUIET, state: 'stopped', since: this.#since, error: this.#apiError };
    return this.#api?.status ?? null;
  }
}

export interface ManagerWays {
  readonly host: ManagerHost | null;
  /** Null for this machine, and where there is no SSH. */
  readonly link: SshLink | null;
  readonly api: WazuhApi | null;
  readonly isHostUp: boolean;
  /** Where the manager is installed; null before it is known. */
  readonly prefix: string | null;
  readonly capabilities: CapabilityReport | null;
}

const QUIET = { retryAt: null, error: null, need: null };
const PROBE_LASTS_MS = 24 * 3_600_000;

/** What a profile without an open connection looks like. */
export function statusWhenOff(
  { profile }: StoredProfile,
  { since, ...rest }: Pick<ConnectionStatus, 'sourceId' | 'unpublished'> & { readonly since: string },
): ConnectionStatus {
  const off = { ...QUIET, state: 'off' as const, since };
  const { id, name, ssh, isLocal, api } = profile;
  return {
    id,
    name,
    host: ssh || isLocal ? { ...off, kind: isLocal ? 'local' : 'ssh' } : null,
    api: api && off,
    allowsLegacyAlgorithms: ssh?.allowsLegacyAlgorithms ?? false,
    ...rest,
  };
}

/** The API, or why its address is refused; null without one. */
function openApiOf(
  { api, id }: ConnectionProfile,
  tools: ConnectionTools,
  secretOf: SecretLookup,
): WazuhApi | WireError | null {
  if (!api) return null;
  try {
    return openWazuhApi(api, apiPorts(tools, secretOf));
  } catch (error) {
    return toWireError(error, `the API of connection ${id}`);
  }
}
