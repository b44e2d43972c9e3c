import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { QuotaLimits } from '../../../src-shared/domain/quota.ts';
import { systemClock, type Clock } from '../../app/clock.ts';
import { listenOnLoopback, stopListening } from '../control/listen.ts';
import { isControlRequest, serveControl } from '../control/serve-control.ts';
import { answer, type AnswerSources, type Moment } from './answers.ts';
import { virustotalRoutes } from './control-routes.ts';
import { Dossiers } from './dossiers.ts';
import { ListedFiles, type FileDirectory, type KnownFile } from './known-file.ts';
import { LabQuota, type QuotaMemory } from './lab-quota.ts';
import { misbehave, type Spoiled } from './misbehave.ts';
import { MisbehaviourPlan, type Misbehaviour, type MisbehaviourOrder } from './misbehaviour.ts';
import { readQuestion, type Question } from './question.ts';
import { RequestLog, userAgentOf, type LabRequest } from './request-log.ts';
import { send } from './respond.ts';

/** Accepted by the lab only; it opens nothing anywhere else and is shown openly. */
export const LAB_KEY = '1ab0000000000000000000000000000000000000000000000000000000001ab0';
export const LAB_USER = 'lab-user';

export interface LabVirusTotalOptions {
  readonly key?: string;
  readonly limits?: QuotaLimits;
  /** What the service has in its data: plain files, or dossiers shared with the rest of a lab. */
  readonly files?: FileDirectory;
  readonly dossiers?: Dossiers;
  /** Quota and slowness run by it. */
  readonly clock?: Clock;
  /** Analyses finish and reports are dated by it; the clock itself unless the lab's time is accelerated. */
  readonly reportTime?: () => number;
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** What the key has used before a restart. */
  readonly quotaUsed?: QuotaMemory;
}

/** The levers of the service; the same ones are reachable over HTTP under `/lab/virustotal/`. */
export interface VirusTotalControl {
  /** Spoils the next `times` requests, or all until `recover`. */
  misbehave(misbehaviour: Misbehaviour, order?: MisbehaviourOrder): void;
  /** Back to normal: orders forgotten, connections accepted again, the lab's own key valid. */
  recover(): Promise<void>;
  /** Stops listening: connections are refused until `recover`. */
  refuseConnections(): Promise<void>;
  /** From now on these keys are accepted, and no other. */
  acceptKeys(keys: readonly string[]): void;
  setLimits(limits: QuotaLimits): void;
  resetQuota(): void;
  addFile(file: KnownFile): void;
  forgetFile(hash: string): void;
  /** A new analysis of a known file; false when it is not known. */
  changeVerdict(hash: string, positives: number, suspicious?: number): boolean;
  /** All requests since the start or the last `clearRequests`, oldest first. */
  requests(): readonly LabRequest[];
  clearRequests(): void;
}

export interface LabVirusTotal {
  /** Base address without a trailing slash: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly key: string;
  readonly control: VirusTotalControl;
  /** What the key has used, for a restart. */
  quotaUsed(): QuotaMemory;
  close(): Promise<void>;
}

/** The public key's published allowance: what a client meets first. */
const PUBLIC_LIMITS: QuotaLimits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

/** Starts a VirusTotal on this machine's loopback that speaks v3 and v2 and counts its quota for real. */
export async function startLabVirusTotal(options: LabVirusTotalOptions = {}): Promise<LabVirusTotal> {
  const service = new Service(options);
  await service.listen(options.port ?? 0);
  return service;
}

class Service implements LabVirusTotal, VirusTotalControl {
  readonly key: string;
  readonly control: VirusTotalControl = this;
  readonly #clock: Clock;
  readonly #reportTime: () => number;
  readonly #quota: LabQuota;
  readonly #dossiers: Dossiers;
  readonly #plan = new MisbehaviourPlan();
  readonly #log = new RequestLog();
  readonly #server: Server;
  readonly #closing = new AbortController();
  #keys: ReadonlySet<string>;
  #port = 0;

  constructor(options: LabVirusTotalOptions) {
    this.key = options.key ?? LAB_KEY;
    this.#keys = new Set([this.key]);
    this.#clock = options.clock ?? systemClock;
    this.#reportTime = options.reportTime ?? (() => this.#clock.now());
    this.#quota = new LabQuota(options.limits ?? PUBLIC_LIMITS, options.quotaUsed);
    this.#dossiers = options.dossiers ?? new Dossiers(options.files ?? new ListedFiles());
    this.#server = createServer((request, response) => {
      // A client that hangs up in the middle of its question makes reading it fail: there is nobody left to answer.
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(port: number): Promise<void> {
    this.#port = await listenOnLoopback(this.#server, port);
  }

  misbehave(misbehaviour: Misbehaviour, order: MisbehaviourOrder = {}): void {
    this.#plan.order(misbehaviour, order);
  }

  async recover(): Promise<void> {
    this.#plan.clear();
    this.#keys = new Set([this.key]);
    if (!this.#server.listening) await this.listen(this.#port);
  }

  refuseConnections(): Promise<void> {
    return stopListening(this.#server);
  }

  acceptKeys(keys: readonly string[]): void {
    this.#keys = new Set(keys);
  }

  setLimits(limits: QuotaLimits): void {
    this.#quota.setLimits(limits);
  }

  resetQuota(): void {
    this.#quota.reset();
  }

  addFile(file: KnownFile): void {
    this.#dossiers.add(file);
  }

  forgetFile(hash: string): void {
    this.#dossiers.forget(hash);
  }

  changeVerdict(hash: string, positives: number, suspicious = 0): boolean {
    return this.#dossiers.change(hash, { positives, suspicious }, this.#reportTime());
  }

  requests(): readonly LabRequest[] {
    return this.#log.all();
  }

  clearRequests(): void {
    this.#log.clear();
  }

  quotaUsed(): QuotaMemory {
    return this.#quota.memory(this.#clock.now());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.refuseConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isControlRequest(request)) return serveControl(request, response, virustotalRoutes(this));
    const at = this.#clock.now();
    const question = await readQuestion(request);
    const isLookup = question.kind === 'file';
    const spoiling = this.#plan.take(isLookup);
    const proper = () => answer(question, this.#moment(), this.#sources());
    if (!spoiling) {
      const given = proper();
      send(request, response, given);
      this.#note(request, question, at, { ...given, spoiledBy: null });
      return;
    }
    const spoiled = await misbehave(spoiling, {
      request,
      response,
      api: question.kind === 'file' ? question.api : 'v3',
      answer: proper,
      clock: this.#clock,
      signal: this.#closing.signal,
    });
    this.#note(request, question, at, { ...spoiled, spoiledBy: spoiling.kind });
  }

  #moment(): Moment {
    return { quotaMs: this.#clock.now(), reportMs: this.#reportTime() };
  }

  #sources(): AnswerSources {
    return {
      dossiers: this.#dossiers,
      quota: this.#quota,
      accepts: (key) => this.#keys.has(key),
      userName: LAB_USER,
      host: `127.0.0.1:${this.#port}`,
    };
  }

  #note(
    request: IncomingMessage,
    question: Question,
    at: number,
    { status, counted, spoiledBy }: Spoiled & { readonly spoiledBy: string | null },
  ): void {
    this.#log.add({
      at,
      api: question.kind === 'file' ? question.api : 'v3',
      asked: question.kind,
      hash: question.kind === 'file' ? question.id : null,
      status,
      counted,
      spoiledBy,
      userAgent: userAgentOf(request),
    });
  }
}
