import { Pool, type Dispatcher } from 'undici';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ApiAddress } from './api-address.ts';
import { cancelled, timedOut, unreadable } from './api-errors.ts';
import { apiConnector, type ConnectorOptions } from './connector.ts';
import { unreachable } from './network-failure.ts';
import { DEFAULT_BUDGET } from './request-budget.ts';

export interface HttpQuestion {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the base path, with its query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Asking twice does no harm. */
  readonly isRepeatable: boolean;
}

export interface HttpReply {
  readonly status: number;
  /** Lower case, without parameters; empty when none was sent. */
  readonly contentType: string;
  readonly body: Buffer;
}

/** The largest answers are pages of agents and a configuration: some megabytes at most. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/**
 * Requests to one manager's API. Redirects are answers like any other: credentials go to the configured origin only.
 * Errors: those of the certificate check, `api.unreachable`, `api.timeout`, `api.cancelled`, `api.unreadable`.
 */
export class HttpExchange {
  readonly #address: ApiAddress;
  readonly #options: ConnectorOptions;
  #pool: Pool;

  constructor(options: ConnectorOptions) {
    this.#address = options.address;
    this.#options = options;
    this.#pool = this.#openPool();
  }

  async ask(question: HttpQuestion): Promise<HttpReply> {
    const { endpoint } = this.#address;
    const stop = new AbortController();
    const cancel = () => stop.abort(cancelled());
    const timer = setTimeout(() => stop.abort(timedOut(endpoint, question.timeoutMs)), question.timeoutMs);
    question.signal.addEventListener('abort', cancel, { once: true });
    if (question.signal.aborted) cancel();
    try {
      return await this.#exchange(question, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      throw error instanceof DomainError ? error : unreachable(endpoint, error);
    } finally {
      clearTimeout(timer);
      question.signal.removeEventListener('abort', cancel);
    }
  }

  /** New connections from now on; answers that are under way still come. */
  renewConnections(): void {
    const old = this.#pool;
    this.#pool = this.#openPool();
    old.close().catch(() => undefined);
  }

  /** Everything that is under way ends now. */
  dropConnections(): void {
    const old = this.#pool;
    this.#pool = this.#openPool();
    old.destroy().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #exchange(question: HttpQuestion, signal: AbortSignal): Promise<HttpReply> {
    const answer = await this.#send(question, signal);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) {
        throw unreadable(this.#address.endpoint, `it is larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB.`);
      }
      chunks.push(chunk);
    }
    const type = answer.headers['content-type'];
    const contentType = ((Array.isArray(type) ? type[0] : type) ?? '').split(';')[0] ?? '';
    return {
      status: answer.statusCode,
      contentType: contentType.trim().toLowerCase(),
      body: Buffer.concat(chunks),
    };
  }

  /** An idle connection may be closed by the API at the moment it is used again: that alone is no failure. */
  async #send(question: HttpQuestion, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { method, path, headers, body, isRepeatable } = question;
    const send = () =>
      this.#pool.request({
        method,
        path: this.#address.basePath + path,
        headers: {
          ...headers,
          accept: 'application/json, text/plain, application/xml',
          'accept-encoding': 'identity',
        },
        body,
        signal,
      });
    try {
      return await send();
    } catch (error) {
      if (!isRepeatable || signal.aborted || !wasClosed(error)) throw error;
      return send();
    }
  }

  #openPool(): Pool {
    return new Pool(this.#address.origin, {
      connections: DEFAULT_BUDGET.atOnce,
      pipelining: 1,
      allowH2: false,
      connect: apiConnector(this.#options),
      // The whole exchange has one limit, kept by `ask`.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }
}

function wasClosed(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}
