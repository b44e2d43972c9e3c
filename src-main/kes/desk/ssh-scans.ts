/** Scans that this app itself follows over SSH to the agent, and what a person may do to them meanwhile. */
import type {
  EvidenceFacts,
  EvidenceKind,
  ScanEvidence,
  TaskState,
} from '../../../src-shared/domain/scan.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Clock } from '../../app/clock.ts';
import { SshFailure } from '../../manager/ssh/ssh-failure.ts';
import { KeslControl } from '../agent/kesl-control.ts';
import { runAgentScan, takeUpAgain, type AgentScan } from '../agent/run-scan.ts';
import type { AgentKesStore, StoredScan } from '../scan-store.ts';
import { noAccess, noTask, stopRefused } from './desk-errors.ts';
import type { AgentHostLease, Fleet } from './fleet.ts';
import { effectiveAccess } from './plan-request.ts';

export interface SshScansPorts {
  readonly fleet: Fleet;
  readonly kes: AgentKesStore;
  readonly clock: Clock;
  readonly add: (scanId: number, evidence: ScanEvidence) => void;
  readonly setTask: (scanId: number, task: NonNullable<StoredScan['task']>) => void;
  readonly get: (scanId: number) => StoredScan | null;
  readonly hasItsConnection: (scanId: number) => boolean;
  readonly evidence: (scanId: number) => readonly ScanEvidence[];
  /** One is followed no longer: another may be. */
  readonly freed: () => void;
  readonly onTrouble: (error: unknown) => void;
  /** Of a KES in an unusual place; tests. */
  readonly program?: string;
  readonly pollMs?: number;
}

/** A lost connection is taken up again after so long, and longer each time; so is an agent that is not reached. */
const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;
/** Nobody follows a scan for longer. */
const LONGEST_MS = 25 * 3_600_000;
/** Agents that are followed at once. */
const MOST_AT_ONCE = 64;
/** What only a task that runs shows. */
const RUNS = new Set<TaskState>(['starting', 'started', 'suspending', 'suspended', 'resuming']);

interface Following {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  hasReached: boolean;
}

export class SshScans {
  readonly #ports: SshScansPorts;
  readonly #running = new Map<number, Following>();
  /** Agents that were not reached, by scan: tried again then. */
  readonly #resting = new Map<number, { readonly untilMs: number; readonly failures: number }>();
  readonly #stopping = new Set<number>();
  readonly #closing = new AbortController();

  constructor(ports: SshScansPorts) {
    this.#ports = ports;
  }

  get isFull(): boolean {
    return this.#running.size >= MOST_AT_ONCE;
  }

  /** Its agent is being reached at the moment: nothing of it has left yet. */
  isReaching(scanId: number): boolean {
    return this.#running.get(scanId)?.hasReached === false;
  }

  /** Its agent was not reached, and is not tried again yet. */
  isResting(scanId: number): boolean {
    const rest = this.#resting.get(scanId);
    return rest !== undefined && this.#ports.clock.now() < rest.untilMs;
  }

  /** Starts it, or follows on what was started before the app ended. Harmless for one that runs. */
  run(scan: StoredScan): void {
    if (this.#running.has(scan.id) || this.#closing.signal.aborted) return;
    const abort = new AbortController();
    const following: Following = {
      abort,
      hasReached: scan.task !== null,
      done: Promise.resolve()
        .then(() => this.#run(scan, abort.signal))
        .catch((error: unknown) => this.#fail(scan, error))
        .finally(() => {
          this.#running.delete(scan.id);
          this.#ports.freed();
        }),
    };
    this.#running.set(scan.id, following);
  }

  /** Nobody waits for it any more: what was not started is not started. */
  drop(scanId: number): void {
    this.#resting.delete(scanId);
    const following = this.#running.get(scanId);
    if (following?.hasReached === false) following.abort.abort();
  }

  /** Lets go of all of them; the tasks on the agents go on. */
  async close(): Promise<void> {
    this.#closing.abort();
    const all = [...this.#running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  /** True when KES did it, false when it was so already. Errors: `kes.no-task`, `kes.refused`, those of SSH. */
  async act(scan: StoredScan, deed: 'stop' | 'suspend' | 'resume'): Promise<boolean> {
    const task = this.#ports.get(scan.id)?.task ?? null;
    if (!task || scan.path !== null) throw noTask();
    const signal = AbortSignal.any([AbortSignal.timeout(60_000), this.#closing.signal]);
    if (deed === 'stop') this.#stopping.add(scan.id);
    // Told, and no answer yet: whether it was done is not known.
    let isOpen = false;
    try {
      return await this.#withAgent(scan, signal, async (lease) => {
        const kesl = this.#kesl(lease, signal);
        isOpen = true;
        const { code } = await kesl.call([`--${deed}-task`, task.name]);
        isOpen = code === null;
        if (code !== 0 && code !== 70) throw stopRefused(deed, task.name, code);
        return code === 0;
      });
    } catch (error) {
      if (deed === 'stop' && isOpen) this.#add(scan, 'cancel-requested', 'ssh', STOP_UNANSWERED);
      throw error;
    } finally {
      // What comes of it is in the evidence by then.
      if (deed === 'stop') setImmediate(() => this.#stopping.delete(scan.id));
    }
  }

  async #run(scan: StoredScan, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      if (!this.#ports.hasItsConnection(scan.id)) return this.#letGo(scan);
      try {
        await this.#withAgent(scan, signal, (lease) => this.#work(scan, lease, signal));
        return;
      } catch (error) {
        if (signal.aborted) return;
        const hasReached = this.#running.get(scan.id)?.hasReached ?? true;
        const isSent = scan.sentMs !== null || this.#ports.get(scan.id)?.task != null;
        if (!hasReached && !isSent) return this.#notReached(scan, error);
        if (!isSent || !mayBeTakenUp(error)) throw error;
        if (this.#isTooLong(scan)) {
          return this.#add(
            scan,
            'not-seen',
            'ssh',
            'It is not followed any longer; the agent was not reached.',
          );
        }
        if (attempt === 0 || !isPassing(error)) this.#tellLoss(scan, error);
        await this.#ports.clock.wait(pauseAfter(attempt), signal);
      }
    }
  }

  /** Under the agent's number there may be another machine now. */
  #letGo(scan: StoredScan): void {
    const words = 'Its connection was removed or leads elsewhere';
    if (this.#ports.get(scan.id)?.task) {
      return this.#add(
        scan,
        'not-seen',
        'ssh',
        `${words}: the task may go on, and is not followed any longer.`,
      );
    }
    this.#add(scan, 'failed', 'ssh', `${words}. Nothing was started.`);
  }

  /** Nothing has left: an order that waits for its agents tries again, another one has failed. */
  #notReached(scan: StoredScan, error: unknown): void {
    const { clock } = this.#ports;
    const mayWait = scan.waitsUntilMs !== null && clock.now() < scan.waitsUntilMs && isPassing(error);
    if (!mayWait) {
      this.#resting.delete(scan.id);
      return this.#fail(scan, error);
    }
    const failures = this.#resting.get(scan.id)?.failures ?? 0;
    this.#resting.set(scan.id, { untilMs: clock.now() + pauseAfter(failures), failures: failures + 1 });
    if (failures === 0) this.#add(scan, 'waiting-for-agent', 'ssh', `Waits for the agent: ${wordsOf(error)}`);
  }

  #tellLoss(scan: StoredScan, error: unknown): void {
    const words = isPassing(error)
      ? 'The connection to the agent was lost; the task goes on there and is looked for again.'
      : `The task goes on there, but the agent cannot be looked at: ${wordsOf(error)}`;
    this.#add(scan, 'not-seen', 'ssh', words);
  }

  #isTooLong({ sentMs, askedMs }: StoredScan): boolean {
    return this.#ports.clock.now() - (sentMs ?? askedMs) > LONGEST_MS;
  }

  async #work(scan: StoredScan, lease: AgentHostLease, signal: AbortSignal): Promise<void> {
    const { clock, pollMs, get, evidence, kes } = this.#ports;
    const { kind, path, action } = scan;
    const { profile, agentId } = get(scan.id) ?? scan;
    const seen = evidence(scan.id);
    const work: AgentScan = {
      kesl: this.#kesl(lease, signal),
      kind,
      path,
      action,
      clock,
      signal,
      wasLaunched: seen.some(({ what }) => what === 'launched'),
      wasSeenToRun: seen.some(({ facts }) => facts?.kind === 'task-state' && RUNS.has(facts.state)),
      ranAlready: seen.some(
        ({ what, facts }) => what === 'launched' && facts?.kind === 'code' && facts.code === 70,
      ),
      isStopping: () => this.#isStopping(scan.id),
      ...(pollMs === undefined ? {} : { pollMs }),
      learnt: (kesVersion, taskNames) =>
        kes.remember(profile, agentId, { kesVersion, taskNames, seenMs: clock.now() }),
      report: (what, detail, facts) => this.#add(scan, what, 'kesl-control', detail, facts),
      startingTask: (name, since) => this.#ports.setTask(scan.id, { name, since }),
    };
    const started = get(scan.id)?.task ?? null;
    if (started) return takeUpAgain(work, started.name, started.since);
    // Taken back while the agent was being reached.
    const current = get(scan.id);
    if (signal.aborted || !current || isSettled(current.state)) return;
    this.#reached(scan, lease, seen);
    return runAgentScan(work);
  }

  /** From here on it counts as sent; that is durable before anything is started. */
  #reached(scan: StoredScan, lease: AgentHostLease, seen: readonly ScanEvidence[]): void {
    const following = this.#running.get(scan.id);
    if (following) following.hasReached = true;
    this.#resting.delete(scan.id);
    if (!seen.some(({ what }) => what === 'sending'))
      this.#add(scan, 'sending', 'app', scan.exact.join('\n'));
    this.#add(scan, 'accepted', 'ssh', `Reached the agent at ${lease.name}`);
  }

  #isStopping(scanId: number): boolean {
    if (this.#stopping.has(scanId)) return true;
    return this.#ports.evidence(scanId).some(({ what }) => what === 'cancel-requested');
  }

  #kesl(lease: AgentHostLease, signal: AbortSignal): KeslControl {
    const { program } = this.#ports;
    return new KeslControl(lease.host, { ...(program === undefined ? {} : { program }), signal });
  }

  async #withAgent<Result>(
    scan: StoredScan,
    signal: AbortSignal,
    work: (lease: AgentHostLease) => Promise<Result>,
  ): Promise<Result> {
    const { fleet, kes, get, hasItsConnection } = this.#ports;
    // Its connection may have another name by now, and another connection have the one it had.
    const { profile, agentId } = get(scan.id) ?? scan;
    const agent = fleet.agent(profile, agentId);
    const access = effectiveAccess(kes, profile, agentId);
    if (!agent || !access || !hasItsConnection(scan.id)) throw noAccess();
    const lease = await fleet.openAgent(profile, agent, access, signal);
    try {
      return await work(lease);
    } finally {
      await lease.close();
    }
  }

  #fail(scan: StoredScan, error: unknown): void {
    if (!(error instanceof DomainError)) this.#ports.onTrouble(error);
    const after = this.#ports.get(scan.id)?.task ? '' : ' Nothing was started.';
    this.#add(scan, 'failed', 'ssh', `${wordsOf(error)}${after}`);
  }

  #add(
    { id }: StoredScan,
    what: EvidenceKind,
    source: ScanEvidence['source'],
    detail: string,
    facts?: EvidenceFacts,
  ): void {
    const time = new Date(this.#ports.clock.now()).toISOString();
    this.#ports.add(id, { what, source, time, detail, facts: facts ?? null });
  }
}

/** An end that follows may be the work of that: it is no result. */
const STOP_UNANSWERED = 'KES was told to stop it, and no answer came: it may have been stopped';

function wordsOf(error: unknown): string {
  return error instanceof DomainError
    ? `${error.message} ${error.remedy}`.trim()
    : 'It failed for a reason that was not foreseen; the log has it.';
}

function pauseAfter(failures: number): number {
  return RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? LONGEST_PAUSE_MS;
}
const LONGEST_PAUSE_MS = 300_000;

/** Time may heal it: the machine is off, the network is away. */
function isPassing(error: unknown): boolean {
  if (error instanceof SshFailure) return error.healing === 'time';
  return error instanceof DomainError && /^manager\.(?:offline|timeout)$/.test(error.code);
}

/** The task goes on there whatever became of the way to it. */
function mayBeTakenUp(error: unknown): boolean {
  return (
    error instanceof SshFailure ||
    isPassing(error) ||
    (error instanceof DomainError && error.code === 'kes.no-access')
  );
}
