import type { Completeness, SourceStatus } from '../../src-shared/ipc/status.ts';
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

const NOTHING_PROVEN: Completeness = { since: null, gaps: 0, newestGap: null };

/** The alert files that are followed, each by a follower of its own: one that is away never delays another. */
export class AlertSources {
  readonly #ports: SourcesPorts;
  readonly #followers = new Map<number, AlertFollower>();

  constructor(ports: SourcesPorts) {
    this.#ports = ports;
  }

  /** Takes up every source that was followed when the app last ended. */
  resume(): void {
    for (const source of this.#ports.sources.list()) if (source.isFollowed) this.#start(source);
  }

  /** Following the same path again changes nothing but the choice about archives. */
  async follow(choice: {
    readonly profile: string;
    readonly path: string;
    readonly format: SourceFormat;
    readonly archives: boolean;
  }): Promise<number> {
    const { sources } = this.#ports;
    const { profile, path, format, archives } = choice;
    const id = sources.add({ profile, path, format, isFollowed: true, readsArchives: archives });
    await this.#end(id);
    const source = sources.get(id);
    if (source) this.#start(source);
    return id;
  }

  async stop(sourceId: number): Promise<void> {
    this.#ports.sources.stop(sourceId);
    await this.#end(sourceId);
    this.#ports.troubleChanged();
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

  #start(source: StoredSource): void {
    const { journal, clock, sources, changed, troubleChanged } = this.#ports;
    const follower = new AlertFollower({
      sourceId: source.id,
      host: localAlertFiles,
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
      completeness: NOTHING_PROVEN,
      error: status?.error ?? null,
    };
  }
}
