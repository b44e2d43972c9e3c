import type { CertificateStore } from '../manager/api/certificate-store.ts';
import type { ChangingSession } from './write-session.ts';

interface Accepted {
  readonly fingerprint: string;
  readonly acceptedMs: number;
}

/** Certificates that a person accepted, one for each endpoint. */
export class StoredCertificates implements CertificateStore {
  readonly #session: ChangingSession;
  readonly #accepted;
  readonly #accept;
  readonly #forget;

  constructor(session: ChangingSession) {
    const { db } = session;
    this.#session = session;
    this.#accepted = db.prepare<[string, number], Accepted>(
      `SELECT fingerprint, accepted_ms AS acceptedMs FROM accepted_certificate WHERE host = ? AND port = ?`,
    );
    this.#accept = db.prepare<[string, number, string, number]>(
      `INSERT INTO accepted_certificate (host, port, fingerprint, accepted_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (host, port) DO UPDATE SET fingerprint = excluded.fingerprint, accepted_ms = excluded.accepted_ms`,
    );
    this.#forget = db.prepare<[string, number]>(
      'DELETE FROM accepted_certificate WHERE host = ? AND port = ?',
    );
  }

  accepted(host: string, port: number): Accepted | null {
    return this.#accepted.get(host, port) ?? null;
  }

  accept(host: string, port: number, fingerprint: string, nowMs: number): void {
    this.#session.run(() => this.#accept.run(host, port, fingerprint, nowMs));
  }

  forget(host: string, port: number): void {
    this.#session.run(() => this.#forget.run(host, port));
  }
}
