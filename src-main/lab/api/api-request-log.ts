/** One request as the API saw it. Credentials are not kept, only their scheme. */
export interface LabApiRequest {
  /** Epoch milliseconds by the API's clock, when it was answered. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  readonly scheme: string | null;
  /** The status sent; null when the connection was cut or no answer was given. */
  readonly status: number | null;
  readonly spoiledBy: string | null;
}

/** Enough for any test and for hours of a demo; the oldest are forgotten. */
const KEPT = 20_000;

export class ApiRequestLog {
  #requests: LabApiRequest[] = [];

  add(request: LabApiRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests = this.#requests.slice(-KEPT / 2);
  }

  all(): readonly LabApiRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
