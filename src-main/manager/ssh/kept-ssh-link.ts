import type { SshAccess } from '../../../src-shared/domain/connection-profile.ts';
import type { ConnectionNeed, ConnectionState, WayStatus } from '../../../src-shared/ipc/connections.ts';
import { connectSsh } from './connect-ssh.ts';
import { offline, type OpenSshSession } from './open-session.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { RefusedSecrets } from './refused-secrets.ts';
import { cancelled, SshFailure, unexpected, type HopAt } from './ssh-failure.ts';
import type { PromptNeed, SshLink, SshSession } from './ssh-link.ts';
import type { SshPorts } from './ssh-ports.ts';
import { watchForWake } from './wake-watch.ts';

export interface KeptSshLinkOptions {
  readonly access: SshAccess;
  readonly ports: Omit<SshPorts, 'ask' | 'refused'>;
  /** 0 to 1; default `Math.random`. */
  readonly random?: () => number;
  /** Each attempt that failed and each loss, with its cause: for the log. */
  readonly onFailure?: (failure: SshFailure) => void;
}

/** A connection that lasted this long was a good one: the next loss starts the back-off anew. */
const STEADY_MS = 30_000;
/** How long a connection may take to answer after the computer woke up. */
const PROBE_MS = 5_000;

interface Waiter {
  readonly resolve: (session: SshSession) => void;
  readonly reject: (reason: Error) => void;
}

interface OpenPrompt {
  readonly need: PromptNeed;
  readonly answer: (answers: readonly string[] | null) => void;
}

/** Keeps one SSH connection up until it is stopped. What only a person or a change can heal is never tried by itself. */
export class KeptSshLink implements SshLink {
  readonly #access: SshAccess;
  readonly #ports: SshPorts;
  readonly #random: () => number;
  readonly #at: HopAt;
  readonly #onFailure: (failure: SshFailure) => void;
  readonly #statusListeners = new Set<(status: WayStatus) => void>();
  readonly #connectedListeners = new Set<(session: SshSession) => void>();
  readonly #waiters = new Set<Waiter>();
  #status: WayStatus;
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
  #session: OpenSshSession | null = null;
  #prompt: OpenPrompt | null = null;
  /** Ends the current wait for a time or a person. */
  #nap: AbortController | null = null;
  #isRetryDue = false;
  #lastFailure: SshFailure | null = null;

  constructor({ access, ports, random = Math.random, onFailure = () => {} }: KeptSshLinkOptions) {
    this.#access = access;
    this.#at = { hop: access, place: null };
    this.#random = random;
    this.#onFailure = onFailure;
    this.#ports = {
      ...ports,
      refused: new RefusedSecrets(),
      ask: (prompt, signal) => this.#ask(prompt, signal),
    };
    this.#status = { state: 'off', since: this.#nowText(), retryAt: null, error: null, need: null };
  }

  get status(): WayStatus {
    return this.#status;
  }

  onStatus(listener: (status: WayStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onConnected(listener: (session: SshSession) => void): () => void {
    this.#connectedListeners.add(listener);
    return () => this.#connectedListeners.delete(listener);
  }

  /** Also forgets which secrets were refused: whoever starts it wants them tried once more. */
  start(): void {
    if (this.#running) return;
    const stop = new AbortController();
    this.#ports.refused.clear();
    this.#lastFailure = null;
    this.#isRetryDue = false;
    this.#publish('connecting');
    this.#running = { stop, ended: this.#keepUp(stop.signal) };
    void watchForWake(this.#ports.clock, stop.signal, () => this.#wake());
  }

  session(signal?: AbortSignal): Promise<SshSession> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (this.#session) return Promise.resolve(this.#session);
    if (this.#status.state !== 'connecting') return Promise.reject(offline(this.#at, this.#lastFailure));
    const { promise, resolve, reject } = Promise.withResolvers<SshSession>();
    const waiter = { resolve, reject };
    this.#waiters.add(waiter);
    const onAbort = () => {
      this.#waiters.delete(waiter);
      reject(cancelled());
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    return promise.finally(() => signal?.removeEventListener('abort', onAbort));
  }

  /** Never sends a refused secret again; `stop` and `start` do. A live connection is asked whether it still is one. */
  retry(): void {
    if (!this.#running) return;
    if (this.#session) void this.#probe(this.#session);
    else if (this.#nap) this.#endNap(this.#nap);
    else this.#isRetryDue = true;
  }

  answerPrompt(promptId: string, answers: readonly string[]): boolean {
    const prompt = this.#prompt;
    if (prompt?.need.promptId !== promptId || prompt.need.fields.length !== answers.length) return false;
    this.#prompt = null;
    prompt.answer(answers);
    // From now on, so that whoever asks for the session next waits for it.
    this.#publish('connecting');
    return true;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    this.#session = null;
    this.#lastFailure = null;
    running.stop.abort();
    this.#publish('off');
    await running.ended;
  }

  async #keepUp(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const session = await this.#attempt(signal);
      if (session instanceof SshFailure) {
        failures = await this.#recover(session, failures, signal);
      } else if (session) {
        const startedMs = this.#ports.clock.now();
        await this.#serve(session, signal);
        if (signal.aborted) return;
        const wasSteady = this.#ports.clock.now() - startedMs >= STEADY_MS;
        failures = await this.#recover(session.loss, wasSteady ? 0 : failures, signal);
      }
    }
  }

  /** Null when it was stopped meanwhile. */
  async #attempt(signal: AbortSignal): Promise<OpenSshSession | SshFailure | null> {
    this.#isRetryDue = false;
    try {
      const session = await connectSsh(this.#access, this.#ports, signal);
      if (!signal.aborted) return session;
      await session.close();
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      return error instanceof SshFailure ? error : unexpected(this.#at, error);
    }
  }

  /** From the connection to its end, or until it is stopped. */
  async #serve(session: OpenSshSession, signal: AbortSignal): Promise<void> {
    // Stopped since the attempt ended.
    if (signal.aborted) return session.close();
    const close = () => void session.close();
    signal.addEventListener('abort', close, { once: true });
    this.#session = session;
    this.#lastFailure = null;
    this.#publish('connected');
    for (const listener of this.#connectedListeners) listener(session);
    for (const waiter of this.#waiters) waiter.resolve(session);
    this.#waiters.clear();
    await session.closed;
    if (this.#session === session) this.#session = null;
    signal.removeEventListener('abort', close);
  }

  /** Waits for what may heal the failure; gives the number of failures in a row from here on. */
  async #recover(failure: SshFailure, failures: number, signal: AbortSignal): Promise<number> {
    this.#lastFailure = failure;
    this.#onFailure(failure);
    const heals = failure.healing === 'time';
    const delayMs = heals ? reconnectDelayMs(failures, this.#random()) : null;
    if (!this.#isRetryDue) {
      if (delayMs !== null) this.#publish('waiting', { retryAtMs: this.#ports.clock.now() + delayMs });
      else this.#publish(failure.healing === 'person' ? 'needs-you' : 'stopped', { need: failure.need });
      const wasWoken = await this.#rest(delayMs, signal);
      if (signal.aborted || wasWoken) return 0;
    }
    this.#publish('connecting');
    return failures + 1;
  }

  /** True when it was ended by `retry`. */
  async #rest(delayMs: number | null, signal: AbortSignal): Promise<boolean> {
    const nap = new AbortController();
    this.#nap = nap;
    const ending = AbortSignal.any([signal, nap.signal]);
    try {
      if (delayMs === null) await aborted(ending);
      else await this.#ports.clock.wait(delayMs, ending);
    } finally {
      if (this.#nap === nap) this.#nap = null;
    }
    return nap.signal.aborted;
  }

  /** As `retry`, but what waits for a person or a change goes on waiting. */
  #wake(): void {
    if (this.#session || this.#status.state === 'waiting') this.retry();
  }

  /** Connecting from now on, so that whoever asks for the session next waits for it. */
  #endNap(nap: AbortController): void {
    this.#nap = null;
    nap.abort();
    this.#publish('connecting');
  }

  async #probe(session: OpenSshSession): Promise<void> {
    if (await session.answers(PROBE_MS)) return;
    if (this.#session !== session) return;
    this.#isRetryDue = true;
    session.drop();
  }

  async #ask(need: PromptNeed, signal: AbortSignal): Promise<readonly string[] | null> {
    if (signal.aborted) return null;
    const { promise, resolve } = Promise.withResolvers<readonly string[] | null>();
    const prompt: OpenPrompt = { need, answer: resolve };
    const onAbort = () => resolve(null);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#prompt = prompt;
    this.#publish('needs-you', { need });
    const answers = await promise;
    signal.removeEventListener('abort', onAbort);
    if (this.#prompt === prompt) this.#prompt = null;
    return answers;
  }

  #publish(
    state: ConnectionState,
    facts: { readonly retryAtMs?: number; readonly need?: ConnectionNeed | null } = {},
  ): void {
    const failure = this.#lastFailure;
    this.#status = {
      state,
      since: state === this.#status.state ? this.#status.since : this.#nowText(),
      retryAt: facts.retryAtMs === undefined ? null : new Date(facts.retryAtMs).toISOString(),
      error: failure && { code: failure.code, message: failure.message, remedy: failure.remedy },
      need: facts.need ?? null,
    };
    for (const listener of this.#statusListeners) listener(this.#status);
    if (state === 'connecting' || state === 'connected') return;
    for (const waiter of this.#waiters) waiter.reject(offline(this.#at, failure));
    this.#waiters.clear();
  }

  #nowText(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
