import type { HostKeyStore, PinnedHostKey } from '../manager/ssh/host-key-store.ts';
import type { ChangingSession } from './write-session.ts';

/** Host keys that a person accepted, by the endpoint that showed them. */
export class StoredHostKeys implements HostKeyStore {
  readonly #session: ChangingSession;
  readonly #pinned;
  readonly #pin;
  readonly #forget;

  constructor(session: ChangingSession) {
    const { db } = session;
    this.#session = session;
    this.#pinned = db.prepare<[string, number], PinnedHostKey>(
      `SELECT host, port, key_type AS keyType, key, fingerprint, accepted_ms AS acceptedMs
       FROM host_key WHERE host = ? AND port = ? ORDER BY accepted_ms DESC, key`,
    );
    this.#pin = db.prepare<PinnedHostKey>(
      `INSERT INTO host_key (host, port, key, key_type, fingerprint, accepted_ms)
       VALUES (@host, @port, @key, @keyType, @fingerprint, @acceptedMs)
       ON CONFLICT (host, port, key) DO NOTHING`,
    );
    this.#forget = db.prepare<[string, number]>('DELETE FROM host_key WHERE host = ? AND port = ?');
  }

  /** Newest first. */
  pinned(host: string, port: number): readonly PinnedHostKey[] {
    return this.#pinned.all(host, port);
  }

  /** Durable when it returns. A key that is pinned already keeps its date. */
  pin(key: PinnedHostKey): void {
    this.#session.run(() => this.#pin.run(key));
  }

  forget(host: string, port: number): void {
    this.#session.run(() => this.#forget.run(host, port));
  }
}
