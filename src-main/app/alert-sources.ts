import { completenessOf, readProof } from '../../src-shared/domain/completeness.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { Completeness, SourceStatus } from '../../src-shared/ipc/status.ts';
import type { AlertFileHost } from '../alerts/alert-file-host.ts';
import type { AlertJournal } from '../alerts/alert-journal.ts';
import { AlertFollower } from '../alerts/alert-follower.ts';
import { localAlertFiles } from '../alerts/local-alert-files.ts';
import type { SourceFormat, SourceStore, StoredSource } from '../store/source-store.ts';
import type { Clock } from './clock.ts';

export interface SourcesPorts {
  readonly sources: SourceStore;
  readonly journal: AlertJournal;
  readonly clock: Clock;
  /** The status of a source changed. */
  readonly changed: () => void;
  /** A source got into trouble or out of it: what needs a person is another. */
  readonly troubleChanged: () => void;
}

export interface NamedFile {
  readonly profile: string;
  readonly path: string;
  readonly format: SourceFormat;
  /** On the first start: also read the days that are still there. */
  readonly archives: boolean;
}

/** The alert files that are followed, each by a follower of its own: one that is away never delays another. */
export class AlertSources {
  readonly #ports: SourcesPorts;
  readonly #followers = new Map<number, AlertFollower>();

  constructor(ports: SourcesPorts) {
    this.#ports = ports;
  }

  /** Takes up every file that was named directly and followed when the app last ended; connections take up theirs. */
  resume(): void {
    for (const source of this.#ports.sources.list()) {
      if (source.isFollowed && source.profileId === null) this.#start(source, localAlertFiles);
    }
  }

  /** Following the same path again changes nothing but the choice about archives. */
  follow(choice: NamedFile): Promise<number> {
    return this.#follow(choice, localAlertFiles);
  }

  /** The file of a connection, on the machine it leads to. Its other files are not followed any more. */
  async followOver(profileId: number, choice: NamedFile, host: AlertFileHost): Promise<number> {
    const id = await this.#follow({ ...choice, profileId }, host);
    for (const other of this.#ports.sources.list()) {
      if (other.profileId !== profileId || other.id === id || !other.isFollowed) continue;
      this.#ports.sources.stop(other.id);
      await this.#end(other.id);
    }
    return id;
  }

  /** The machine that holds the file is back. */
  wake(sourceId: number): void {
    this.#followers.get(sourceId)?.wake();
  }

  /** Ends following for now: it is taken up again with its connection. */
  async rest(sourceId: number): Promise<void> {
    await this.#end(sourceId);
    this.#ports.troubleChanged();
  }

  /** Errors: `sources.of-connection`. */
  async stop(sourceId: number): Promise<void> {
    const source = this.#ports.sources.get(sourceId);
    if (source && source.profileId !== null) throw ofConnection(source);
    this.#ports.sources.stop(sourceId);
    await this.#end(sourceId);
    this.#ports.troubleChanged();
  }

  /** All that is read up to its end at the moment? */
  isCaughtUp(sourceId: number): boolean {
    return this.#followers.get(sourceId)?.status.state === 'following';
  }

  status(): readonly SourceStatus[] {
    return this.#ports.sources
      .list()
      .filter((source) => source.isFollowed)
      .map((source) => this.#statusOf(source));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#followers.keys()].map((id) => this.#end(id)));
  }

  async #follow(choice: NamedFile & { readonly profileId?: number }, host: AlertFileHost): Promise<number> {
    const { sources } = this.#ports;
    const { archives, ...named } = choice;
    const id = sources.add({ ...named, isFollowed: true, readsArchives: archives });
    await this.#end(id);
    const source = sources.get(id);
    if (source) this.#start(source, host);
    return id;
  }

  #start(source: StoredSource, host: AlertFileHost): void {
    const { journal, clock, sources, changed, troubleChanged } = this.#ports;
    const follower = new AlertFollower({
      sourceId: source.id,
      host,
      path: source.path,
      format: source.format,
      archives: source.readsArchives,
      journal,
      clock,
    });
    let trouble = follower.status.error?.code;
    follower.onStatus(({ format, error }) => {
      if (format && source.format === 'auto') sources.setFormat(source.id, format);
      if (error?.code === trouble) return changed();
      trouble = error?.code;
      troubleChanged();
    });
    this.#followers.set(source.id, follower);
    follower.start();
  }

  async #end(sourceId: number): Promise<void> {
    const follower = this.#followers.get(sourceId);
    this.#followers.delete(sourceId);
    await follower?.stop();
  }

  /** What was proven by the time a file was left. */
  #proven(sourceId: number): Completeness {
    return completenessOf(readProof(this.#ports.journal.proof?.(sourceId) ?? null));
  }

  #statusOf(source: StoredSource): SourceStatus {
    const status = this.#followers.get(source.id)?.status;
    return {
      id: source.id,
      profile: source.profile,
      path: source.path,
      format: status?.format ?? (source.format === 'log' ? 'log' : 'json'),
      state: status?.state ?? 'stopped',
      bytesBehind: status?.bytesBehind ?? 0,
      lagMs: status?.lagMs ?? null,
      lastAlertAt: source.lastAlertMs === null ? null : new Date(source.lastAlertMs).toISOString(),
      counts: source.counts,
      completeness: status?.completeness ?? this.#proven(source.id),
      error: status?.error ?? null,
    };
  }
}

function ofConnection({ profile, path }: StoredSource): DomainError {
  return new DomainError(
    'sources.of-connection',
    `${path} is followed by the connection ${profile}.`,
    'Disconnect that connection in Settings, or choose there which alert file it follows.',
  );
}
