import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { Clock } from '../app/clock.ts';
import { describeNetworkError, type NetworkTrouble } from './network-trouble.ts';
import { chooseProxy } from './proxy-choice.ts';
import type { ServiceAddress } from './service-address.ts';

/** Longest waits, in milliseconds: for the connection, TLS included, and for the whole answer. */
export interface Timeouts {
  readonly connectMs: number;
  readonly totalMs: number;
}
export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, totalMs: 30_000 };

export interface HttpOptions {
  readonly timeouts?: Timeouts;
  /** The desktop's own proxy, `http://host:port`; null for none. The environment's goes before it. */
  readonly systemProxy?: string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As sent: possibly compressed. */
  readonly body: Buffer;
}

/** How a request ended. `sentAtMs` is when it went out on a standing connection; null when it never left. */
export type Exchange = { readonly sentAtMs: number | null } & (
  | { readonly answer: HttpAnswer }
  | { readonly trouble: NetworkTrouble }
);

/** Compressed or not, no report comes near this: most have some ten KB. Parsing may take forty times as much memory. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * GET requests to one service. A proxy (see `chooseProxy`) is used unless the service is on this machine. Certificates are verified whatever the environment says, and a redirect is an answer like
 * any other: it is never followed, so the key in the headers goes to the configured origin only.
 */
export class HttpGetter {
  readonly #address: ServiceAddress;
  readonly #timeouts: Timeouts;
  readonly #clock: Clock;
  readonly #dispatcher: Dispatcher;

  constructor(
    address: ServiceAddress,
    clock: Clock,
    { timeouts = DEFAULT_TIMEOUTS, systemProxy = null }: HttpOptions = {},
  ) {
    this.#address = address;
    this.#timeouts = timeouts;
    this.#clock = clock;
    const tls = { rejectUnauthorized: true };
    const options = {
      connect: { ...tls, timeout: timeouts.connectMs },
      headersTimeout: timeouts.totalMs,
      bodyTimeout: timeouts.totalMs,
      // One cut HTTP/2 connection would fail everything in flight at once.
      allowH2: false,
    };
    this.#dispatcher = address.isLoopback
      ? new Agent(options)
      : new EnvHttpProxyAgent({
          ...options,
          ...chooseProxy(process.env, systemProxy),
          requestTls: tls,
          proxyTls: tls,
        });
  }

  /** Never rejects. `path` is appended to the base path and must be encoded already. */
  get(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Exchange> {
    return new Promise((resolve) => {
      const request = new RunningRequest(this.#clock, resolve);
      const timer = setTimeout(() => request.end({ kind: 'timed-out' }), this.#timeouts.totalMs);
      const abort = () => request.end({ kind: 'aborted' });
      request.onEnd = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      const { origin, basePath } = this.#address;
      try {
        this.#dispatcher.dispatch({ origin, path: basePath + path, method: 'GET', headers }, request);
      } catch (error) {
        request.end(describeNetworkError(error));
      }
    });
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }
}

/** Gathers one answer. Ends exactly once, at the first of: answer, failure, time limit, abort. */
class RunningRequest implements Dispatcher.DispatchHandler {
  readonly #clock: Clock;
  readonly #resolve: (exchange: Exchange) => void;
  onEnd: () => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #sentAtMs: number | null = null;
  #head: Omit<HttpAnswer, 'body'> | null = null;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #isOver = false;

  constructor(clock: Clock, resolve: (exchange: Exchange) => void) {
    this.#clock = clock;
    this.#resolve = resolve;
  }

  /** Called when the connection stands and the request is about to be written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return controller.abort(new Error('The request was given up before it was sent.'));
    this.#controller = controller;
    this.#sentAtMs = this.#clock.now();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpAnswer['headers'],
  ): void {
    if (status >= 200) this.#head = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_BODY_BYTES) return this.end({ kind: 'too-large' });
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#head) return this.end({ kind: 'cut', detail: 'The answer had no head.', status: null });
    this.#finish({ answer: { ...this.#head, body: Buffer.concat(this.#chunks) }, sentAtMs: this.#sentAtMs });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end(describeNetworkError(error));
  }

  end(trouble: NetworkTrouble): void {
    if (this.#isOver) return;
    this.#finish({ trouble, sentAtMs: this.#sentAtMs });
    this.#controller?.abort(new Error('The request was given up.'));
  }

  #finish(exchange: Exchange): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#chunks = [];
    this.onEnd();
    this.#resolve(exchange);
  }
}
