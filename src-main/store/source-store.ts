import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { WriteSession } from './write-session.ts';

/** Which form a source is in; `auto` until its first bytes have told. */
export type SourceFormat = AlertFormat | 'auto';

/** An alert file the user named, followed or read once, with what reading it has yielded in all. */
export interface StoredSource {
  readonly id: number;
  readonly profile: string;
  /** The connection it belongs to; null for a file that was named directly. */
  readonly profileId: number | null;
  readonly path: string;
  readonly format: SourceFormat;
  readonly isFollowed: boolean;
  readonly readsArchives: boolean;
  readonly counts: ReadCounts;
  /** Epoch milliseconds of the newest alert read. */
  readonly lastAlertMs: number | null;
}

export interface NewSource {
  readonly profile: string;
  readonly path: string;
  readonly format: SourceFormat;
  readonly isFollowed: boolean;
  readonly readsArchives: boolean;
  /** The connection it belongs to; left out: what it belonged to before. */
  readonly profileId?: number;
}

/** Profile and path name a source: naming it again finds the same one, with its position. */
export class SourceStore {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  /** Its number. Following a file that was read once before starts following it; reading once never stops following. */
  add(source: NewSource): number {
    return this.#session.run(
      () =>
        this.#statements.add.get({
          ...source,
          isFollowed: Number(source.isFollowed),
          readsArchives: Number(source.readsArchives),
          profileId: source.profileId ?? null,
        }) ?? 0,
    );
  }

  /** Keeps position and totals, so that it can be taken up again. */
  stop(sourceId: number): void {
    this.#session.run(() => this.#statements.stop.run(sourceId));
  }

  setFormat(sourceId: number, format: AlertFormat): void {
    this.#session.run(() => this.#statements.setFormat.run(format, sourceId));
  }

  get(sourceId: number): StoredSource | null {
    const row = this.#statements.get.get(sourceId);
    return row ? sourceFromRow(row) : null;
  }

  /** All of them, in the order they were added. */
  list(): readonly StoredSource[] {
    return this.#statements.list.all().map(sourceFromRow);
  }
}

interface SourceRow {
  readonly id: number;
  readonly profile: string;
  readonly profile_id: number | null;
  readonly path: string;
  readonly format: SourceFormat;
  readonly is_followed: number;
  readonly reads_archives: number;
  readonly alerts: number;
  readonly fim_events: number;
  readonly known: number;
  readonly manager_verdicts: number;
  readonly lookup_failures: number;
  readonly malformed: number;
  readonly bytes: number;
  readonly last_alert_ms: number | null;
}

function sourceFromRow(row: SourceRow): StoredSource {
  return {
    id: row.id,
    profile: row.profile,
    profileId: row.profile_id,
    path: row.path,
    format: row.format,
    isFollowed: row.is_followed === 1,
    readsArchives: row.reads_archives === 1,
    counts: {
      alerts: row.alerts,
      fimEvents: row.fim_events,
      known: row.known,
      managerVerdicts: row.manager_verdicts,
      lookupFailures: row.lookup_failures,
      malformed: row.malformed,
      bytes: row.bytes,
    },
    lastAlertMs: row.last_alert_ms,
  };
}

interface SourceParameters {
  readonly profile: string;
  readonly path: string;
  readonly format: SourceFormat;
  readonly isFollowed: number;
  readonly readsArchives: number;
  readonly profileId: number | null;
}

function prepareStatements({ db }: WriteSession) {
  return {
    add: db
      .prepare<SourceParameters, number>(
        `INSERT INTO source (profile, path, format, is_followed, reads_archives, profile_id)
         VALUES (@profile, @path, @format, @isFollowed, @readsArchives, @profileId)
         ON CONFLICT (profile, path) DO UPDATE SET
           format = CASE excluded.format WHEN 'auto' THEN format ELSE excluded.format END,
           is_followed = max(is_followed, excluded.is_followed),
           reads_archives = max(reads_archives, excluded.reads_archives),
           profile_id = coalesce(excluded.profile_id, profile_id)
         RETURNING id`,
      )
      .pluck(),
    stop: db.prepare<[number]>('UPDATE source SET is_followed = 0 WHERE id = ?'),
    setFormat: db.prepare<[string, number]>('UPDATE source SET format = ? WHERE id = ?'),
    get: db.prepare<[number], SourceRow>('SELECT * FROM source WHERE id = ?'),
    list: db.prepare<[], SourceRow>('SELECT * FROM source ORDER BY id'),
  };
}
