/** Scans that this app itself follows over SSH to the agent, and what a person may do to them meanwhile. */
import type { EvidenceFacts, EvidenceKind, ScanEvidence } from '../../../src-shared/domain/scan.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Clock } from '../../app/clock.ts';
import { KeslControl } from '../agent/kesl-control.ts';
import { followTask, runAgentScan, type AgentScan } from '../agent/run-scan.ts';
import type { AgentKesStore, StoredScan } from '../scan-store.ts';
import type { AgentHostLease, Fleet } from './fleet.ts';
import { effectiveAccess } from './plan-request.ts';

export interface SshScansPorts {
  readonly fleet: Fleet;
  readonly kes: AgentKesStore;
  readonly clock: Clock;
  readonly add: (scanId: number, evidence: ScanEvidence) => void;
  readonly setTask: (scanId: number, task: NonNullable<StoredScan['task']>) => void;
  readonly get: (scanId: number) => StoredScan | null;
  /** Of a KES in an unusual place; tests. */
  readonly program?: string;
  readonly pollMs?: number;
}

/** A lost connection is taken up again after so long, and longer each time. */
const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;

export class SshScans {
  readonly #ports: SshScansPorts;
  readonly #running = new Map<number, { readonly abort: AbortController; readonly done: Promise<void> }>();

  constructor(ports: SshScansPorts) {
    this.#ports = ports;
  }

  /** Starts it, or follows on what was started before the app ended. Harmless for one that runs. */
  run(scan: StoredScan): void {
    if (this.#running.has(scan.id)) return;
    const abort = new AbortController();
    const done = this.#run(scan, abort.signal)
      .catch((error: unknown) => this.#fail(scan, error))
      .finally(() => this.#running.delete(scan.id));
    this.#running.set(scan.id, { abort, done });
  }

  /** Lets go of all of them; the tasks on the agents go on. */
  async close(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  /** Errors: `kes.no-task`, `kes.refused`, those of SSH. */
  async act(scan: StoredScan, deed: 'stop' | 'suspend' | 'resume'): Promise<void> {
    const { task } = scan;
    if (!task) {
      throw new DomainError(
        'kes.no-task',
        'KES has no task of this scan that could be stopped.',
        'Scans of a file or folder run to their end; look again in a while.',
      );
    }
    const signal = AbortSignal.timeout(60_000);
    await this.#withAgent(scan, signal, async (kesl) => {
      const { code } = await kesl.call([`--${deed}-task`, task.name]);
      if (code === 0 || code === 70) return;
      throw new DomainError(
        'kes.refused',
        `kesl-control refused to ${deed} ${task.name} (code ${code ?? 'none'}).`,
        'Look at the task on the agent; a Security Center policy may hold it.',
      );
    });
  }

  async #run(scan: StoredScan, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.#withAgent(scan, signal, (kesl, lease) => this.#work(scan, kesl, lease, signal));
        return;
      } catch (error) {
        const started = this.#ports.get(scan.id)?.task ?? null;
        if (signal.aborted) return;
        if (!started || !isOffline(error)) throw error;
        this.#add(
          scan,
          'not-seen',
          'ssh',
          'The connection to the agent was lost; the task goes on there and is looked for again.',
        );
        await this.#ports.clock.wait(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 300_000, signal);
      }
    }
  }

  async #work(
    scan: StoredScan,
    kesl: KeslControl,
    lease: AgentHostLease,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, pollMs } = this.#ports;
    const { kind, path, action } = scan;
    const started = this.#ports.get(scan.id)?.task ?? null;
    const work: AgentScan = {
      kesl,
      kind,
      path,
      action,
      clock,
      signal,
      ...(pollMs === undefined ? {} : { pollMs }),
      report: (what, detail, facts) => this.#add(scan, what, 'kesl-control', detail, facts),
      startingTask: (name, since) => this.#ports.setTask(scan.id, { name, since }),
    };
    if (started) return followTask(work, started.name, started.since);
    this.#add(scan, 'accepted', 'ssh', `Reached the agent at ${lease.name}`);
    return runAgentScan(work);
  }

  async #withAgent(
    scan: StoredScan,
    signal: AbortSignal,
    work: (kesl: KeslControl, lease: AgentHostLease) => Promise<void>,
  ): Promise<void> {
    const { fleet, kes, program } = this.#ports;
    const agent = fleet.agent(scan.profile, scan.agentId);
    const access = effectiveAccess(kes, scan.profile, scan.agentId);
    if (!agent || !access) {
      throw new DomainError(
        'kes.no-access',
        'There is no SSH access to this agent any more.',
        'Set it up on the agent’s page.',
      );
    }
    const lease = await fleet.openAgent(scan.profile, agent, access, signal);
    try {
      await work(
        new KeslControl(lease.host, { ...(program === undefined ? {} : { program }), signal }),
        lease,
      );
    } finally {
      await lease.close();
    }
  }

  #fail(scan: StoredScan, error: unknown): void {
    const words =
      error instanceof DomainError
        ? `${error.message} ${error.remedy}`.trim()
        : 'It failed for a reason that was not foreseen; the log has it.';
    this.#add(scan, 'failed', 'ssh', words);
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

function isOffline(error: unknown): boolean {
  return error instanceof DomainError && /^manager\.(?:offline|timeout)$/.test(error.code);
}
