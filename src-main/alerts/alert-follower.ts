import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertFileWatch } from './alert-file-host.ts';
import { FollowCursor, type StepReport } from './follow-cursor.ts';
import type { FollowOptions } from './follow-options.ts';
import { isSameStatus, type FollowStatus } from './follow-status.ts';

export interface AlertFollowerOptions extends FollowOptions {
  /** Milliseconds between looks without an event: from the first, while polling finds news, up to the second at rest. */
  readonly pollMs?: readonly [number, number];
}

/** File events make a look due at once, polling makes it certain. */
const POLL_MS = [250, 1_000] as const;
/** Under load, lines that come within this time share a commit. */
const BETWEEN_COMMITS_MS = 4;

/** Follows one alert file until it is stopped: FollowCursor takes the steps, this decides when. */
export class AlertFollower {
  readonly #options: AlertFollowerOptions;
  readonly #cursor: FollowCursor;
  readonly #listeners = new Set<(status: FollowStatus) => void>();
  #status: FollowStatus;
  #running: Promise<void> | null = null;
  #isStopping = false;
  #hasNews = false;
  /** Ends the current wait; an event may do so, unless it is a back-off. */
  #nap: { readonly end: () => void; readonly endsByEvent: boolean } | null = null;

  constructor(options: AlertFollowerOptions) {
    this.#options = options;
    this.#cursor = new FollowCursor(options);
    this.#status = this.#cursor.status;
  }

  get status(): FollowStatus {
    return this.#status;
  }

  /** Called with each change; returns how to leave. */
  onStatus(listener: (status: FollowStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something may have happened: look now. To be called as well when the machine that holds the file is back. */
  wake(): void {
    this.#hasNews = true;
    if (this.#nap?.endsByEvent) this.#nap.end();
  }

  /** Prompt even in a backlog or a stalled read: at most the current commit is finished. It cannot be started again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cursor.interrupt();
    this.#nap?.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { host, path } = this.#options;
    const watch = host.watch(path, () => this.wake());
    try {
      await this.#follow(watch);
    } finally {
      watch.close();
      this.#cursor.close();
      this.#publish();
    }
  }

  async #follow(watch: AlertFileWatch): Promise<void> {
    const [shortestMs, longestMs] = this.#options.pollMs ?? POLL_MS;
    let pollMs = shortestMs;
    let watched: string | null = null;
    while (!this.#isStopping) {
      const isByEvent = this.#hasNews;
      this.#hasNews = false;
      const report = await this.#cursor.step();
      this.#publish();
      const isOtherFile = this.#cursor.liveInode !== watched;
      watched = this.#cursor.liveInode;
      watch.rearm(isOtherFile);
      // News without an event: events do not work here, so looks must be close together while there are any.
      pollMs = report.grew && !isByEvent ? shortestMs : Math.min(pollMs * 2, longestMs);
      // What was written between the look and the new watch made no event.
      if (isOtherFile) this.#hasNews = true;
      await this.#rest(report, pollMs);
    }
  }

  async #rest({ next, waitMs, grew }: StepReport, pollMs: number): Promise<void> {
    if (next === 'more') {
      await nextTurn();
    } else if (next === 'retry') {
      await this.#sleep(waitMs ?? pollMs, false);
    } else {
      if (grew) await this.#sleep(BETWEEN_COMMITS_MS, false);
      if (!this.#hasNews) await this.#sleep(Math.min(waitMs ?? pollMs, pollMs), true);
    }
  }

  async #sleep(ms: number, endsByEvent: boolean): Promise<void> {
    if (this.#isStopping) return;
    const waiting = new AbortController();
    this.#nap = { end: () => waiting.abort(), endsByEvent };
    await this.#options.clock.wait(ms, waiting.signal);
    this.#nap = null;
  }

  #publish(): void {
    const status = this.#cursor.status;
    if (isSameStatus(status, this.#status)) return;
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
