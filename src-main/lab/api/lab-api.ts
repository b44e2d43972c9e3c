import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { systemClock, type Clock } from '../../app/clock.ts';
import { listenOnLoopback, stopListening } from '../control/listen.ts';
import { MANAGER } from '../world/agents.ts';
import { labApiAgents, type LabApiAgent } from './api-agents.ts';
import { LoginGuard, MinuteCounter, WAZUH_LIMITS, type LabApiLimits } from './api-gate.ts';
import { ApiMisbehaviourPlan, type ApiMisbehaviour, type ApiMisbehaviourOrder } from './api-misbehaviour.ts';
import { ApiProblem, problems, type ApiReply } from './api-reply.ts';
import { type ActiveResponseOrder, type ApiCall, type ApiWorld } from './api-world.ts';
import {
  keptCertificate,
  makeCertificate,
  type CertificateWish,
  type LabCertificate,
} from './certificate.ts';
import { labDaemons } from './daemons.ts';
import { misbehave, sendReply } from './misbehave.ts';
import { answerOldApi, OLD_UNAUTHORIZED } from './old-api.ts';
import { ApiRequestLog, type LabApiRequest } from './api-request-log.ts';
import { readBytes } from './read-bytes.ts';
import { checkParameters, findRoute } from './routes.ts';
import { basicUser, bearerToken, signIn, TOKEN_PATH } from './sign-in-calls.ts';
import { TokenBook } from './token-book.ts';
import { LAB_API_USERS, mayDo, type LabApiUser } from './users.ts';

export interface LabApiOptions {
  /** The certificate is kept here. */
  readonly folder: string;
  /** The manager's prefix: configuration, ar.conf and log are read from it. */
  readonly root: string;
  /** `3.…` speaks as the old API does: basic authentication, old envelope. Default `4.14.7`. */
  readonly version?: string;
  /** Default true; the 3.x API came without TLS. */
  readonly isTls?: boolean;
  readonly hostName?: string;
  /** 0 or absent: a free port. */
  readonly port?: number;
  readonly users?: readonly LabApiUser[];
  readonly limits?: Partial<LabApiLimits>;
  /** Limits, tokens and slowness run by it. */
  readonly clock?: Clock;
  /** The manager's own time; the clock's unless the lab's is accelerated. */
  readonly managerTime?: () => number;
  readonly agents?: () => readonly LabApiAgent[];
  readonly daemons?: () => Readonly<Record<string, string>>;
  readonly refusesResponses?: (agentId: string) => boolean;
  readonly onActiveResponse?: (order: ActiveResponseOrder) => void;
  /** Each text of `POST /events`. */
  readonly onEvent?: (text: string) => void;
  /** In place of the kept certificate. */
  readonly certificate?: LabCertificate;
}

/** The levers of the API. */
export interface LabApiControl {
  /** Spoils the next `times` requests, or all until `recover`. */
  misbehave(misbehaviour: ApiMisbehaviour, order?: ApiMisbehaviourOrder): void;
  /** Back to normal: orders, counters and lock-out forgotten, connections accepted again. */
  recover(): Promise<void>;
  /** Stops listening: connections are refused until `recover`. */
  refuseConnections(): Promise<void>;
  /** Shows another certificate from now on and drops all connections; returns its fingerprint. */
  changeCertificate(wish?: CertificateWish): Promise<string>;
  /** Every token that is out is not taken any more. */
  revokeTokens(): void;
  /** From now on these are the users. */
  setUsers(users: readonly LabApiUser[]): void;
  /** Ends connections that wait for their next request. */
  dropIdleConnections(): void;
  requests(): readonly LabApiRequest[];
  clearRequests(): void;
}

export interface LabApi {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  readonly users: readonly LabApiUser[];
  /** Lower-case hex SHA-256 of the certificate shown at present; null without TLS. */
  readonly fingerprint: string | null;
  readonly control: LabApiControl;
  close(): Promise<void>;
}

/** The manager's HTTPS API on this machine's loopback. Errors: `lab.port-taken`. */
export async function startLabApi(options: LabApiOptions): Promise<LabApi> {
  const isTls = options.isTls ?? true;
  const certificate = isTls ? (options.certificate ?? (await keptCertificate(options.folder))) : null;
  const service = new Service(options, certificate);
  await service.listen(options.port ?? 0);
  return service;
}

/** The API refuses larger bodies (wazuh.md 7.2). */
const LARGEST_BODY = 10_485_760;

class Service implements LabApi, LabApiControl {
  readonly control: LabApiControl = this;
  readonly #clock: Clock;
  readonly #limits: LabApiLimits;
  readonly #world: ApiWorld;
  readonly #plan = new ApiMisbehaviourPlan();
  readonly #log = new ApiRequestLog();
  readonly #tokens = new TokenBook();
  readonly #guard = new LoginGuard();
  readonly #minute = new MinuteCounter();
  readonly #eventMinute = new MinuteCounter();
  readonly #closing = new AbortController();
  readonly #server: Server | HttpsServer;
  #certificate: LabCertificate | null;
  #users: readonly LabApiUser[];
  #port = 0;

  constructor(options: LabApiOptions, certificate: LabCertificate | null) {
    this.#clock = options.clock ?? systemClock;
    this.#limits = { ...WAZUH_LIMITS, ...options.limits };
    this.#users = options.users ?? LAB_API_USERS;
    this.#certificate = certificate;
    this.#world = worldOf(options, this.#clock);
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      // A client that hangs up in the middle of its question makes reading it fail: there is nobody left to answer.
      this.#handle(request, response).catch(() => response.destroy());
    };
    this.#server = certificate
      ? createHttpsServer({ key: certificate.key, cert: certificate.cert, minVersion: 'TLSv1.2' }, listener)
      : createHttpServer(listener);
  }

  get url(): string {
    return `${this.#certificate ? 'https' : 'http'}://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get users(): readonly LabApiUser[] {
    return this.#users;
  }

  get fingerprint(): string | null {
    return this.#certificate?.fingerprint ?? null;
  }

  async listen(port: number): Promise<void> {
    this.#port = await listenOnLoopback(this.#server, port);
  }

  misbehave(misbehaviour: ApiMisbehaviour, order: ApiMisbehaviourOrder = {}): void {
    this.#plan.order(misbehaviour, order);
  }

  async recover(): Promise<void> {
    this.#plan.clear();
    this.#guard.reset();
    this.#minute.reset();
    this.#eventMinute.reset();
    if (!this.#server.listening) await this.listen(this.#port);
  }

  refuseConnections(): Promise<void> {
    return stopListening(this.#server);
  }

  async changeCertificate(wish: CertificateWish = {}): Promise<string> {
    const made = await makeCertificate(wish);
    if (!('setSecureContext' in this.#server))
      throw new Error('This API has no certificate: it runs without TLS.');
    this.#certificate = made;
    this.#server.setSecureContext({ key: made.key, cert: made.cert, minVersion: 'TLSv1.2' });
    this.#server.closeAllConnections();
    return made.fingerprint;
  }

  revokeTokens(): void {
    this.#tokens.revoke();
  }

  setUsers(users: readonly LabApiUser[]): void {
    this.#users = users;
    this.#tokens.revoke();
  }

  dropIdleConnections(): void {
    this.#server.closeIdleConnections();
  }

  requests(): readonly LabApiRequest[] {
    return this.#log.all();
  }

  clearRequests(): void {
    this.#log.clear();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await stopListening(this.#server);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://lab');
    const isSignIn = url.pathname === TOKEN_PATH;
    const body = await readBytes(request, LARGEST_BODY);
    const spoiling = this.#plan.take(isSignIn);
    const answer = () => this.#answer(request, url, body);
    const status = spoiling
      ? await misbehave(spoiling, { response, answer, clock: this.#clock, signal: this.#closing.signal })
      : sendReply(response, answer());
    this.#log.add({
      at: this.#clock.now(),
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      scheme: /^(\w+) /.exec(request.headers.authorization ?? '')?.[1]?.toLowerCase() ?? null,
      status,
      spoiledBy: spoiling?.kind ?? null,
    });
  }

  #answer(request: IncomingMessage, url: URL, body: Buffer | null): ApiReply {
    try {
      return this.#world.version.startsWith('3.')
        ? this.#answerOld(request, url, body ?? Buffer.alloc(0))
        : this.#answerNew(request, url, body);
    } catch (error) {
      if (error instanceof ApiProblem) return error.reply;
      throw error;
    }
  }

  #answerOld(request: IncomingMessage, url: URL, body: Buffer): ApiReply {
    const user = basicUser(request, this.#users);
    return user ? answerOldApi(callOf(request, url, { body, user }), this.#world) : OLD_UNAUTHORIZED;
  }

  /** In the order of the API's own middlewares: rate, lock-out, credentials, route, permission. */
  #answerNew(request: IncomingMessage, url: URL, body: Buffer | null): ApiReply {
    const nowMs = this.#clock.now();
    if (!this.#minute.admit(this.#limits.perMinute, nowMs)) throw problems.tooMany(6001);
    if (body === null) throw problems.tooLarge();
    if (url.pathname === TOKEN_PATH) {
      const { version } = this.#world;
      const desk = {
        users: this.#users,
        tokens: this.#tokens,
        guard: this.#guard,
        limits: this.#limits,
        version,
        nowMs,
      };
      return signIn(request, url.searchParams, desk);
    }
    const user = this.#tokens.userOf(bearerToken(request) ?? '', nowMs);
    if (!user) throw problems.noToken();
    const route = findRoute(request.method ?? '', url.pathname, this.#world.version);
    const [action, resource] = route.permission ?? [];
    if (action !== undefined && !mayDo(user, action)) throw problems.forbidden(resource ?? '*:*');
    if (url.pathname === '/events' && !this.#eventMinute.admit(this.#limits.eventsPerMinute, nowMs)) {
      throw problems.tooMany(6005);
    }
    checkParameters(route, url.searchParams);
    return route.run(callOf(request, url, { body, user }), this.#world);
  }
}

function callOf(request: IncomingMessage, url: URL, { body, user }: Pick<ApiCall, 'body' | 'user'>): ApiCall {
  const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const { pathname: path, searchParams: query } = url;
  return { method: request.method ?? '', path, captured: [], query, contentType, body, user };
}

function worldOf(options: LabApiOptions, clock: Clock): ApiWorld {
  const now = options.managerTime ?? (() => clock.now());
  const version = options.version ?? '4.14.7';
  return {
    root: options.root,
    version,
    hostName: options.hostName ?? MANAGER.name,
    agents: options.agents ?? (() => labApiAgents(now(), version)),
    daemons: options.daemons ?? (() => labDaemons(version)),
    now,
    refusesResponses: options.refusesResponses ?? (() => false),
    onActiveResponse: options.onActiveResponse ?? (() => undefined),
    onEvent: options.onEvent ?? (() => undefined),
  };
}
