import type { CapabilityReport } from '../../../src-shared/domain/capability.ts';
import type { ProfileSecret, Publishing } from '../../../src-shared/domain/connection-profile.ts';
import type {
  ConnectionCheck,
  ConnectionDetail,
  ConnectionStatus,
} from '../../../src-shared/ipc/connections.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import {
  keyNotOffered,
  certificateNotOffered,
  noSuchProfile,
  otherKeyPinned,
  promptGone,
  turnedOff,
} from './connection-errors.ts';
import { redactor } from '../../log/redactor.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { endpointsOf, forgetUnusedPins, isSameWay } from './endpoints.ts';
import { ManagerConnection, statusWhenOff } from './manager-connection.ts';
import { ProfileTurns } from './profile-turns.ts';
import { saveProfile, type SaveRequest } from './save-profile.ts';
import { testConnection, type TestRequest } from './test-connection.ts';
import { TestPrompts } from './test-prompts.ts';

/** An outcome that was given up may still come back for so long. */
const FAILURES_KEPT_MS = 7 * 24 * 3_600_000;

/** The managers that are reached, each by a connection of its own: one that is dead or slow never delays another. */
export class Connections {
  readonly #tools: ConnectionTools;
  readonly #open = new Map<number, ManagerConnection>();
  readonly #turns = new ProfileTurns();
  readonly #startedAt: string;
  /** Of tests that run at the moment. */
  readonly prompts: TestPrompts;

  constructor(tools: ConnectionTools) {
    this.#tools = tools;
    this.#startedAt = new Date(tools.clock.now()).toISOString();
    this.prompts = new TestPrompts(tools.changed);
  }

  /** Takes up every profile that was not disconnected, or of them those with these names; waits for no manager. */
  async start(names: ReadonlySet<string> | null = null): Promise<void> {
    const { store, clock } = this.#tools;
    const profiles = store.profiles.list();
    store.publications.forgetFailures(clock.now() - FAILURES_KEPT_MS);
    await Promise.all(
      profiles
        .filter(({ profile }) => names === null || names.has(profile.name))
        .map((stored) => this.#turns.take(stored.profile.id, () => this.#start(stored))),
    );
    this.#sweep(profiles);
  }

  /** Built up to four times a second: what is open tells itself. */
  status(): readonly ConnectionStatus[] {
    return this.#tools.store.profiles
      .ids()
      .flatMap((id) => this.#open.get(id)?.status ?? this.#statusWhenOff(id));
  }

  /** Null for one that is disconnected, or is not there. */
  named(name: string): ManagerConnection | null {
    for (const open of this.#open.values()) if (open.profile.name === name) return open;
    return null;
  }

  list(): Promise<readonly ConnectionDetail[]> {
    return Promise.all(this.#tools.store.profiles.list().map((stored) => this.#detailOf(stored)));
  }

  /** Tries what a form says; changes nothing, keeps nothing. Errors: `manager.cancelled`, `api.cancelled`. */
  test(
    request: TestRequest & { readonly profileId: number | null },
    signal: AbortSignal,
  ): Promise<readonly ConnectionCheck[]> {
    const before = request.profileId === null ? null : this.#stored(request.profileId).profile;
    return testConnection(request, before, { tools: this.#tools, prompts: this.prompts, signal });
  }

  /** Connects at once, and anew when something that matters changed. Errors: `connections.name-taken`, those of secrets. */
  async save(request: SaveRequest): Promise<number> {
    const { profileId } = request;
    const saved =
      profileId === null
        ? await this.#add(request)
        : await this.#turns.take(profileId, () => this.#change(profileId, request));
    this.#tools.dataChanged();
    return saved;
  }

  async #add(request: SaveRequest): Promise<number> {
    const { profileId } = await saveProfile(request, null, this.#tools);
    await this.#turns.take(profileId, () => this.#restart(this.#stored(profileId)));
    return profileId;
  }

  /** A connection that will lead elsewhere ends first: what was entered for the new machine never goes to the old one. */
  async #change(profileId: number, request: SaveRequest): Promise<number> {
    const { profile } = this.#stored(profileId);
    this.#tools.store.profiles.requireFreeName(request.draft.name, profileId);
    if (!isSameWay(profile, { ...request.draft, id: profileId })) await this.#close(profileId);
    let needsNewConnection = false;
    try {
      ({ needsNewConnection } = await saveProfile(request, profile, this.#tools));
    } finally {
      const stored = this.#stored(profileId);
      const open = this.#open.get(profileId);
      if (open && !needsNewConnection) open.apply(stored.profile);
      else await this.#restart(stored);
    }
    return profileId;
  }

  /** Events, verdicts and outcomes stay; secrets and pins that nobody else uses go. */
  async remove(profileId: number): Promise<void> {
    const { profile } = this.#stored(profileId);
    await this.#turns.take(profileId, async () => {
      await this.#close(profileId);
      this.#tools.store.profiles.remove(profileId);
    });
    forgetUnusedPins(endpointsOf(profile), this.#tools.store);
    this.#tools.dataChanged();
    // A locked vault keeps what it holds until it is opened: see `unlocked`.
    await this.#tools.secrets.forget(profileId).catch(() => undefined);
  }

  async reconnect(profileId: number): Promise<void> {
    this.#stored(profileId);
    await this.#turns.take(profileId, async () => {
      this.#tools.store.profiles.setOff(profileId, false);
      await this.#restart(this.#stored(profileId));
    });
    this.#tools.dataChanged();
  }

  async disconnect(profileId: number): Promise<void> {
    this.#stored(profileId);
    await this.#turns.take(profileId, async () => {
      this.#tools.store.profiles.setOff(profileId, true);
      await this.#close(profileId);
    });
    this.#tools.dataChanged();
  }

  /** Errors: `connections.key-not-offered`, `connections.other-key-pinned`. */
  acceptHostKey(host: string, port: number, fingerprint: string): void {
    const { store, offered, clock, dataChanged } = this.#tools;
    const key = offered.find(host, port, fingerprint);
    if (!key) throw keyNotOffered(host);
    const pinned = store.hostKeys.pinned(host, port);
    if (pinned.some((other) => other.fingerprint !== fingerprint)) throw otherKeyPinned(host);
    store.hostKeys.pin({ ...key, acceptedMs: clock.now() });
    for (const open of this.#open.values()) if (open.needsHostKey(host, port)) open.retry();
    dataChanged();
  }

  /** The next connection shows the key that is there now, as one that is not known. */
  forgetHostKey(host: string, port: number): void {
    this.#tools.store.hostKeys.forget(host, port);
    for (const open of this.#open.values()) if (open.needsHostKey(host, port)) open.retry();
    this.#tools.dataChanged();
  }

  /** Errors: `connections.certificate-not-offered`. */
  acceptCertificate(profileId: number, fingerprint: string): void {
    const offered = this.#openOne(profileId).offeredCertificate;
    if (offered?.fingerprint !== fingerprint) throw certificateNotOffered();
    const { store, clock, dataChanged } = this.#tools;
    store.certificates.accept(offered.host, offered.port, fingerprint, clock.now());
    for (const open of this.#open.values()) {
      const other = open.offeredCertificate;
      if (other?.host === offered.host && other.port === offered.port) open.retry();
    }
    dataChanged();
  }

  forgetCertificate(profileId: number): void {
    const { api } = endpointsOf(this.#stored(profileId).profile);
    if (api) this.#tools.store.certificates.forget(api.host, api.port);
    this.#open.get(profileId)?.retry();
    this.#tools.dataChanged();
  }

  /** Errors: `connections.prompt-gone`. */
  answerPrompt(promptId: string, answers: readonly string[]): void {
    // Passwords and codes that are good once: nobody keeps them, and a server may say them again.
    for (const answer of answers) redactor.registerPassing(answer);
    if (this.prompts.answer(promptId, answers)) return;
    for (const open of this.#open.values()) if (open.answerPrompt(promptId, answers)) return;
    throw promptGone();
  }

  /** Errors: those of keeping secrets. */
  async giveSecret(profileId: number, secret: ProfileSecret, value: string, keep: boolean): Promise<void> {
    this.#stored(profileId);
    const { secrets, dataChanged } = this.#tools;
    if (keep) await secrets.keep(profileId, new Map([[secret, value]]), { acceptsClearText: false });
    else secrets.useForThisRun(profileId, secret, value);
    this.#open.get(profileId)?.retry();
    dataChanged();
  }

  /** The vault was opened: secrets that were missing are there now. */
  unlocked(): void {
    for (const open of this.#open.values()) if (open.lacksSecret) open.retry();
    this.#sweep(this.#tools.store.profiles.list());
  }

  /** Errors: `connections.off`. */
  probe(profileId: number): Promise<CapabilityReport> {
    return this.#openOne(profileId).probe();
  }

  setPublishing(profileId: number, publishing: Publishing): void {
    const { store, dataChanged } = this.#tools;
    const { profile } = this.#stored(profileId);
    store.profiles.change(profileId, { ...profile, publishing });
    if (publishing === 'off') store.publications.dropWaiting(profileId);
    this.#open.get(profileId)?.apply({ ...profile, publishing });
    dataChanged();
  }

  /** Null: of all managers. Resolves when each was asked; a slow one delays nobody who watches the list. */
  async refreshAgents(profileId: number | null): Promise<void> {
    const asked = profileId === null ? [...this.#open.values()] : [this.#openOne(profileId)];
    await Promise.all(asked.map((open) => open.refreshAgents()));
  }

  /** A lookup was settled: its outcome may wait for some of the managers. */
  outcomeSettled(): void {
    for (const open of this.#open.values()) open.outcomeSettled();
  }

  async close(): Promise<void> {
    this.prompts.close();
    await Promise.all([...this.#open.keys()].map((id) => this.#turns.take(id, () => this.#close(id))));
  }

  async #restart(stored: StoredProfile): Promise<void> {
    await this.#close(stored.profile.id);
    await this.#start(stored);
  }

  async #start(stored: StoredProfile): Promise<void> {
    if (stored.isOff) return;
    const connection = new ManagerConnection(stored, this.#tools);
    this.#open.set(stored.profile.id, connection);
    await connection.start();
    this.#tools.changed();
  }

  async #close(profileId: number): Promise<void> {
    const open = this.#open.get(profileId);
    this.#open.delete(profileId);
    await open?.close();
  }

  /** Secrets of profiles that are gone. */
  #sweep(profiles: readonly StoredProfile[]): void {
    const { secrets, log } = this.#tools;
    secrets
      .sweep(new Set(profiles.map(({ profile }) => profile.id)))
      .catch((error: unknown) => log.warn('connections.secrets-not-swept', { error }));
  }

  #stored(profileId: number): StoredProfile {
    const stored = this.#tools.store.profiles.get(profileId);
    if (!stored) throw noSuchProfile();
    return stored;
  }

  #openOne(profileId: number): ManagerConnection {
    const { profile } = this.#stored(profileId);
    const open = this.#open.get(profileId);
    if (!open) throw turnedOff(profile.name);
    return open;
  }

  #statusWhenOff(profileId: number): readonly ConnectionStatus[] {
    const { profiles, publications, sources } = this.#tools.store;
    const stored = profiles.get(profileId);
    if (!stored) return [];
    const { waiting, sent } = publications.counts(profileId);
    const source = sources.list().find((one) => one.profileId === profileId && one.isFollowed);
    const rest = { since: this.#startedAt, sourceId: source?.id ?? null, unpublished: waiting + sent };
    return [statusWhenOff(stored, rest)];
  }

  async #detailOf({ profile, capabilities }: StoredProfile): Promise<ConnectionDetail> {
    const { store, secrets } = this.#tools;
    const { hosts, api } = endpointsOf(profile);
    const accepted = api && store.certificates.accepted(api.host, api.port);
    return {
      profile,
      secrets: await secrets.kept(profile.id),
      capabilities,
      hostKeys: hosts
        .flatMap(({ host, port }) => store.hostKeys.pinned(host, port))
        .map(({ host, port, keyType, fingerprint, acceptedMs }) => ({
          host,
          port,
          keyType,
          fingerprint,
          acceptedAt: new Date(acceptedMs).toISOString(),
        })),
      certificate: accepted && {
        fingerprint: accepted.fingerprint,
        acceptedAt: new Date(accepted.acceptedMs).toISOString(),
      },
      publications: store.publications.counts(profile.id),
    };
  }
}
