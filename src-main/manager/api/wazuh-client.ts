import type { ApiAccess } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { Clock } from '../../app/clock.ts';
import { parseApiAddress, type ApiAddress } from './api-address.ts';
import { ApiMustWait, ApiNeedsPerson, ApiRefusal, cancelled, rateLimited, unreadable } from './api-errors.ts';
import { ApiState } from './api-state.ts';
import type { CertificateStore } from './certificate-store.ts';
import { HttpExchange, type HttpQuestion, type HttpReply } from './http-exchange.ts';
import { listPages } from './list-pages.ts';
import { proxyFor } from './proxy.ts';
import { readEnvelope, readReply } from './read-answer.ts';
import { codeOf, refusalOf, refusedBy } from './refusals.ts';
import type { Turn } from './request-budget.ts';
import { formOf, isEventRequest } from './request-form.ts';
import { SharedApiLimits, type ApiLimits } from './shared-limits.ts';
import { SignIn } from './sign-in.ts';
import type {
  ApiAnswer,
  ApiGeneration,
  ApiListOptions,
  ApiRequest,
  CertificateInUse,
  WazuhApi,
} from './wazuh-api.ts';

export interface ApiPorts {
  readonly certificates: Pick<CertificateStore, 'accepted'>;
  /** The API user's password; null when none is kept, or its place is locked. */
  readonly password: () => Promise<string | null>;
  readonly clock: Clock;
  /** Takes a password out of all logs from now on. */
  readonly keepSecret?: (text: string) => void;
  /** The same for a token, which is replaced by another before long. */
  readonly keepToken?: (text: string) => void;
  /** One for the whole program; a client without it counts alone. */
  readonly limits?: SharedApiLimits;
  /** Names the proxy; the process's own when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** PEM certificates of the authorities to trust; this machine's when absent. */
  readonly authorities?: readonly string[];
}

const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** How often a request waits out a used-up minute before it is given up. */
const MOST_RATE_LIMITED = 5;

/** Nothing is asked until the first request. Errors: `api.address-refused`. */
export function openWazuhApi(access: ApiAccess, ports: ApiPorts): WazuhApi {
  return new WazuhClient(parseApiAddress(access.url), access.user, ports);
}

class WazuhClient implements WazuhApi {
  readonly #address: ApiAddress;
  readonly #user: string;
  readonly #ports: ApiPorts;
  readonly #limits: ApiLimits;
  readonly #http: HttpExchange;
  readonly #signIn: SignIn;
  readonly #state: ApiState;
  readonly #closing = new AbortController();
  #certificate: CertificateInUse | null = null;
  /** Another certificate than the accepted one was shown: nothing is sent until a person decided. */
  #stop: ApiNeedsPerson | null = null;

  constructor(address: ApiAddress, user: string, ports: ApiPorts) {
    this.#address = address;
    this.#user = user;
    this.#ports = ports;
    this.#limits = (ports.limits ?? new SharedApiLimits(ports.clock)).of(address);
    this.#state = new ApiState(ports.clock);
    this.#http = new HttpExchange({
      address,
      certificates: ports.certificates,
      authorities: ports.authorities,
      proxy: proxyFor(address, ports.environment ?? process.env),
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      onCertificate: (certificate) => {
        this.#certificate = certificate;
      },
    });
    this.#signIn = new SignIn({
      endpoint: address.endpoint,
      user,
      password: ports.password,
      keepSecret: ports.keepSecret ?? (() => undefined),
      keepToken: ports.keepToken ?? (() => undefined),
      limits: this.#limits,
      ask: (method, path, authorization) => this.#askForToken(method, path, authorization),
    });
  }

  get status(): WayStatus {
    return this.#state.status;
  }

  get generation(): ApiGeneration | null {
    return this.#signIn.generation;
  }

  get certificate(): CertificateInUse | null {
    return this.#certificate;
  }

  onStatus(listener: (status: WayStatus) => void): () => void {
    return this.#state.onStatus(listener);
  }

  async request(request: ApiRequest): Promise<ApiAnswer> {
    const signal = request.signal
      ? AbortSignal.any([request.signal, this.#closing.signal])
      : this.#closing.signal;
    if (signal.aborted) throw cancelled();
    this.#state.connecting();
    try {
      const answer = await this.#answer(request, signal);
      this.#state.connected();
      return answer;
    } catch (error) {
      throw this.#note(error);
    }
  }

  list(path: string, options: ApiListOptions = {}): Promise<readonly unknown[]> {
    return listPages((request) => this.request(request), path, options);
  }

  reset(): void {
    this.#stop = null;
    this.#signIn.reset();
    this.#limits.budget.forgetPause();
    this.#limits.logins.forgetLock();
    this.#http.renewConnections();
    this.#state.off();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#state.off();
    await this.#http.close();
  }

  async #answer(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const deadlineMs = this.#ports.clock.now() + (request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const patient = request.urgency === 'background';
    let isRenewed = false;
    for (let limited = 0; ;) {
      this.#checkStop();
      const reply = await this.#attempt(request, { signal, deadlineMs: patient ? null : deadlineMs });
      if (reply === 'expired') {
        if (isRenewed) throw this.#freshTokenRefused();
        isRenewed = true;
      } else if (reply instanceof ApiMustWait) {
        limited += 1;
        if (limited >= MOST_RATE_LIMITED || (!patient && reply.retryAtMs > deadlineMs)) throw reply;
      } else {
        return this.#read(reply, request);
      }
    }
  }

  /** One exchange: an answer, `expired` when its credentials were not taken, or that the minute is used up. */
  async #attempt(
    request: ApiRequest,
    { signal, deadlineMs }: { readonly signal: AbortSignal; readonly deadlineMs: number | null },
  ): Promise<HttpReply | ApiMustWait | 'expired'> {
    const isEvent = isEventRequest(request);
    const urgency = request.urgency ?? 'now';
    const { budget } = this.#limits;
    const opensAtMs = budget.opensAt({ urgency, isEvent });
    if (deadlineMs !== null && opensAtMs > deadlineMs) return rateLimited(this.#address.endpoint, opensAtMs);
    const authorization = await this.#credentials(signal);
    if (authorization instanceof ApiMustWait) return authorization;
    const form = formOf(request);
    const reply = await this.#ask(
      { urgency, isEvent, deadlineMs, signal },
      {
        method: request.method,
        path: form.path,
        headers: { ...form.headers, authorization },
        body: form.body,
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        signal,
        isRepeatable: request.method === 'GET',
      },
    );
    if (reply.status === 401) {
      this.#signIn.expire(authorization);
      return 'expired';
    }
    if (reply.status !== 429) return reply;
    return rateLimited(this.#address.endpoint, budget.pause(isEventLimit(reply) ? 'events' : 'all'));
  }

  /** A sign-in is shared by all who wait for it, so no single one of them may end it. */
  async #credentials(signal: AbortSignal): Promise<string | ApiMustWait> {
    try {
      return await orAborted(this.#signIn.authorization(), signal);
    } catch (error) {
      if (error instanceof ApiMustWait && error.code === 'api.rate-limited') return error;
      throw error;
    }
  }

  async #askForToken(method: 'GET' | 'POST', path: string, authorization: string): Promise<HttpReply> {
    const { signal } = this.#closing;
    // Whoever cannot wait so long does not: the sign-in serves all.
    return this.#ask(
      { urgency: 'now', isEvent: false, deadlineMs: null, signal },
      {
        method,
        path,
        headers: { authorization },
        body: null,
        timeoutMs: DEFAULT_TIMEOUT_MS,
        signal,
        isRepeatable: true,
      },
    );
  }

  async #ask(turn: Turn, question: HttpQuestion): Promise<HttpReply> {
    const done = await this.#limits.budget.take(turn);
    try {
      this.#checkStop();
      return await this.#http.ask(question);
    } finally {
      done();
    }
  }

  #read(reply: HttpReply, request: ApiRequest): ApiAnswer {
    const refused = { endpoint: this.#address.endpoint, user: this.#user, request };
    if (reply.status >= 300) throw refusalOf(reply, refused);
    const read = readReply(reply);
    if ('unreadable' in read) throw unreadable(this.#address.endpoint, read.unreadable);
    if ('text' in read) return { ...NO_ENVELOPE, status: reply.status, text: read.text };
    const apiCode = codeOf(read.json);
    // 4.x says 1 and 2 for items that failed, and lists them; any other number, or no data at all, is the 3.x refusal.
    const isRefused = apiCode !== null && apiCode !== 0 && (apiCode > 2 || !('data' in read.json));
    if (isRefused) throw refusedBy(read.json, refused, { status: reply.status, apiCode });
    return readEnvelope(reply.status, read.json);
  }

  #freshTokenRefused(): ApiRefusal {
    return new ApiRefusal(
      'api.refused',
      `The API of ${this.#address.endpoint} does not accept the credentials it has just given out.`,
      'Check the clock of the manager, and whether several API nodes behind one address share their keys.',
      { status: 401, apiCode: null },
    );
  }

  /** The hard stop ends by itself only when what was accepted was changed by a person. */
  #checkStop(): void {
    const need = this.#stop?.need;
    if (!this.#stop || need?.kind !== 'certificate-changed') return;
    const accepted = this.#ports.certificates.accepted(this.#address.host, this.#address.port);
    if (accepted?.fingerprint === need.knownFingerprint) throw this.#stop;
    this.#stop = null;
  }

  /** Keeps what an error means for the requests to come; returns what this one is told. */
  #note(error: unknown): unknown {
    if (error instanceof ApiNeedsPerson && error.need.kind === 'certificate-changed' && this.#stop === null) {
      this.#stop = error;
      this.#http.dropConnections();
    }
    // Connections that were dropped because of the stop ended for its reason.
    const isDropped = error instanceof DomainError && error.code === 'api.unreachable';
    const told = this.#stop && isDropped ? this.#stop : error;
    this.#state.failed(told);
    return told;
  }
}

const NO_ENVELOPE = { items: [], total: 0, failed: [], data: null, message: null };

/** 6005 is the limit of `POST /events` alone, 6001 that of everything. */
function isEventLimit(reply: HttpReply): boolean {
  const read = readReply(reply);
  return 'json' in read && codeOf(read.json) === 6005;
}

function orAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelled());
    signal.addEventListener('abort', abort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}
