import type { IncomingMessage } from 'node:http';

/** One request as the service saw it. The key itself is not kept. */
export interface LabRequest {
  /** Epoch milliseconds by the service's clock. */
  readonly at: number;
  readonly api: 'v3' | 'v2';
  readonly asked: 'file' | 'quota' | 'other';
  /** The digest as asked, or null. */
  readonly hash: string | null;
  /** The status sent; null when the connection was cut or no answer was given. */
  readonly status: number | null;
  /** It was counted against the quota. */
  readonly counted: boolean;
  /** The misbehaviour that spoiled it, by its kind. */
  readonly spoiledBy: string | null;
  readonly userAgent: string | null;
}

/** Enough for any test and for hours of a demo; the oldest are forgotten. */
const KEPT = 100_000;

export class RequestLog {
  #requests: LabRequest[] = [];

  add(request: LabRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests = this.#requests.slice(-KEPT / 2);
  }

  all(): readonly LabRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}

export function userAgentOf(request: IncomingMessage): string | null {
  return request.headers['user-agent'] ?? null;
}
