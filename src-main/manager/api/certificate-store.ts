/** Where certificates a person accepted are kept; the store implements it. */
export interface CertificateStore {
  /** Lower-case hex SHA-256; null when none is accepted for that endpoint. */
  accepted(host: string, port: number): { readonly fingerprint: string; readonly acceptedMs: number } | null;
  accept(host: string, port: number, fingerprint: string, nowMs: number): void;
  forget(host: string, port: number): void;
}
