import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { LookupOutcome } from '../../src-shared/domain/outcome.ts';
import { readKeyQuotas, type KeyQuotas } from '../../src-shared/formats/virustotal-quotas.ts';
import type { Clock } from '../app/clock.ts';
import { parseJsonBody } from './answer-body.ts';
import { judgeAnswer, judgeTrouble, type Blame } from './answer-mapping.ts';
import { HttpGetter, type HttpOptions } from './http-get.ts';
import { parseServiceAddress } from './service-address.ts';

/** The answer to one lookup. */
export interface LookupAnswer {
  readonly outcome: LookupOutcome;
  readonly blame: Blame;
  /** Epoch ms when the request went out on a standing connection; null when nothing ever left this machine. */
  readonly sentAtMs: number | null;
}

/** What the key's allowance is, or why that is not known. */
export type QuotaAnswer =
  | { readonly kind: 'known'; readonly quotas: KeyQuotas }
  | { readonly kind: 'rejected' }
  /** Not offered by this service, refused, or unreadable: whoever asks keeps the limits it has. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable' };

/** What the queue and the key test need of VirusTotal. */
export interface LookupClient {
  lookup(hash: FileHash, key: string, signal: AbortSignal): Promise<LookupAnswer>;
  overallQuotas(key: string, signal: AbortSignal): Promise<QuotaAnswer>;
}

export interface ClientOptions extends HttpOptions {
  /** With or without a slash at its end. Errors: `virustotal.address-refused`. */
  readonly baseUrl: string;
  readonly version: string;
  readonly clock: Clock;
}

/**
 * VirusTotal's API v3. Expected refusals are values; nothing here rejects. Only a hash leaves this machine: no path, no
 * agent, no user name (virustotal.md section 7).
 */
export class VirusTotalClient implements LookupClient {
  readonly #http: HttpGetter;
  readonly #clock: Clock;
  readonly #version: string;

  constructor({ baseUrl, version, clock, ...http }: ClientOptions) {
    this.#http = new HttpGetter(parseServiceAddress(baseUrl), clock, http);
    this.#clock = clock;
    this.#version = version;
  }

  async lookup(hash: FileHash, key: string, signal: AbortSignal): Promise<LookupAnswer> {
    const exchange = await this.#http.get(`/files/${hash.hex}`, this.#headers(key), signal);
    const { sentAtMs } = exchange;
    const judgement =
      'answer' in exchange
        ? await judgeAnswer(exchange.answer, hash, this.#clock.now())
        : judgeTrouble(exchange.trouble, sentAtMs !== null);
    return { ...judgement, sentAtMs };
  }

  /**
   * The one request with the key in its path. VirusTotal names a user by user name or by the key itself, we only have
   * the key, and no documented form leaves it out (`/users/me` is unverified). The path is inside TLS, a proxy sees the
   * host only, and this address is never logged, shown or kept: it exists in this method alone.
   */
  async overallQuotas(key: string, signal: AbortSignal): Promise<QuotaAnswer> {
    const path = `/users/${encodeURIComponent(key)}/overall_quotas`;
    const exchange = await this.#http.get(path, this.#headers(key), signal);
    if (!('answer' in exchange)) return { kind: 'unreachable' };
    const { status } = exchange.answer;
    if (status === 401) return { kind: 'rejected' };
    if (status !== 200) return { kind: 'unknown' };
    const body = await parseJsonBody(exchange.answer);
    const quotas = 'json' in body ? readKeyQuotas(body.json) : null;
    return quotas ? { kind: 'known', quotas } : { kind: 'unknown' };
  }

  /** Cuts what is in flight. */
  close(): Promise<void> {
    return this.#http.close();
  }

  /** VirusTotal compresses when the word gzip stands in the user agent as well (virustotal.md section 9). */
  #headers(key: string): Record<string, string> {
    return {
      'x-apikey': key,
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': `verdict-desk/${this.#version}; gzip`,
      'x-tool': 'verdict-desk',
    };
  }
}
