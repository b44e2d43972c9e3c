import type { OfferedCertificate, WayStatus } from '../../../src-shared/ipc/connections.ts';

/** Which API answers: 3.x with basic authentication on each call, 4.x and later with a token. */
export type ApiGeneration = '3' | '4';

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `/agents`; identifiers in it are encoded by the caller. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly json?: unknown;
  /** Sent as `application/octet-stream`, in place of `json`. */
  readonly bytes?: Uint8Array;
  /** Default 30,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Who goes first when the shared budget is short: a person waits for `now`, the rest can wait. */
  readonly urgency?: 'now' | 'background';
}

/** The envelope, read item by item: HTTP 200 with `error: 1` or `2` is an answer with failed items (wazuh.md 7.3). */
export interface ApiAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly items: readonly unknown[];
  readonly total: number;
  readonly failed: readonly ApiFailedItem[];
  /** `data` as sent, for answers that are no lists; null when there is none. */
  readonly data: unknown;
  readonly message: string | null;
  /** The body as text where it is no JSON (`raw=true`). Never logged: it may hold secrets. */
  readonly text: string | null;
}

export interface ApiFailedItem {
  readonly code: number;
  readonly message: string;
  readonly remediation: string | null;
  readonly ids: readonly string[];
}

/**
 * One manager's API. Errors of `request`: `api.unreachable`, `api.certificate-unknown`, `api.certificate-changed`,
 * `api.sign-in-refused`, `api.locked-out`, `api.rate-limited`, `api.forbidden` (its message names the missing
 * permission), `api.not-found`, `api.refused` (any other error of the API, code and words kept), `api.unreadable`,
 * `api.timeout`, `api.no-password`, `api.cancelled`.
 */
export interface WazuhApi {
  readonly status: WayStatus;
  onStatus(listener: (status: WayStatus) => void): () => void;
  /** Null until something was asked. */
  readonly generation: ApiGeneration | null;
  /** Of the newest connection; null before the first and without TLS. */
  readonly certificate: CertificateInUse | null;
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Every item of a paged list. At most `maxItems`, default 100,000. */
  list(path: string, options?: ApiListOptions): Promise<readonly unknown[]>;
  /** Forgets token, refusal and pause: a person changed the password or accepted a certificate. */
  reset(): void;
  close(): Promise<void>;
}

/** `accepted`: by a person; `authorities`: verified as usual. An accepted one may have expired: look at `validUntil`. */
export interface CertificateInUse extends OfferedCertificate {
  readonly trust: 'accepted' | 'authorities';
}

export interface ApiListOptions {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly pageSize?: number;
  readonly maxItems?: number;
  readonly signal?: AbortSignal;
  readonly urgency?: ApiRequest['urgency'];
}
