/**
 * On-demand scans from request to end: plans them, sends each once, at the pace its order allows, and keeps what was
 * seen. Everything is in the store before it happens: a killed app sends nothing twice and forgets nothing.
 */
import { kindFacts } from '../../../src-shared/domain/scan-kinds.ts';
import type { ScanPlan } from '../../../src-shared/domain/scan-plan-types.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { EvidenceKind, ScanEvidence } from '../../../src-shared/domain/scan.ts';
import type { PlannedScan, ScanRequest } from '../../../src-shared/ipc/scans.ts';
import type { Clock } from '../../app/clock.ts';
import type { AgentKesStore, AuditTrail, ScanStore, StoredOrder, StoredScan } from '../scan-store.ts';
import { cannotStop, harmNotAccepted, nothingToSend, scanGone } from './desk-errors.ts';
import { dispatchScan } from './dispatcher.ts';
import type { Fleet } from './fleet.ts';
import { nextStep, type NextStep } from './next-step.ts';
import { planRequest } from './plan-request.ts';
import { SshScans, type SshScansPorts } from './ssh-scans.ts';

export interface ScanDeskPorts extends Pick<SshScansPorts, 'program' | 'pollMs'> {
  readonly scans: ScanStore;
  readonly kes: AgentKesStore;
  readonly audit: AuditTrail;
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** The account on this workstation. */
  readonly who: string;
  /** Something a window shows changed. */
  readonly onChange: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/** How often agents that are away and silent scans are looked after. */
const LOOK_MS = 5_000;

export class ScanDesk {
  readonly #ports: ScanDeskPorts;
  readonly #ssh: SshScans;
  readonly #orders = new Map<number, OrderAtWork>();
  readonly #sending = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #nap: AbortController | null = null;
  #hasNews = false;
  #running: Promise<void> | null = null;

  constructor(ports: ScanDeskPorts) {
    this.#ports = ports;
    this.#ssh = new SshScans({
      ...ports,
      add: (scanId, evidence) => this.#add(scanId, evidence),
      setTask: (scanId, task) => ports.scans.setTask(scanId, task),
      get: (scanId) => ports.scans.scan(scanId),
    });
  }

  /** What would be sent where. */
  plan(request: ScanRequest): readonly PlannedScan[] {
    return planRequest(request, this.#planning()).map(({ plan }) => shownPlan(plan));
  }

  /** Errors: `scans.harm-not-accepted`, `scans.nothing-to-send`. */
  launch(request: ScanRequest, acceptsHarm: boolean): { orderId: number; scanIds: number[] } {
    const { clock, scans, audit, who } = this.#ports;
    const { kind, path, action, rules, originFileId } = request;
    if (kindFacts(kind).mayHarm && action !== 'skip' && !acceptsHarm) throw harmNotAccepted();
    const planned = planRequest(request, this.#planning()).filter(({ plan }) => plan.refusal === null);
    if (planned.length === 0) throw nothingToSend();
    const nowMs = clock.now();
    const canaryAt = rules.canary
      ? Math.max(
          0,
          planned.findIndex(({ isActive }) => isActive),
        )
      : -1;
    const order = { kind, path, action, rules, askedMs: nowMs, askedBy: who, originFileId };
    const added = scans.addOrder(
      order,
      planned.map(({ plan, token }, at) => ({
        profile: plan.profile,
        agentId: plan.agentId,
        agentName: plan.agentName,
        kind,
        path,
        action,
        route: plan.route,
        program: plan.program,
        dispatch: plan.dispatch,
        exact: plan.exact,
        token,
        isCanary: at === canaryAt,
        waitsUntilMs: plan.waitsUntil === null ? null : Date.parse(plan.waitsUntil),
      })),
      nowMs,
    );
    const names = planned.map(({ plan }) => `${plan.profile}/${plan.agentId}`).join(', ');
    audit.append(
      {
        who,
        deed: `scan ${kind}`,
        detail: `order ${added.orderId}${path === null ? '' : ` of ${path}`} on ${names}`,
      },
      nowMs,
    );
    this.#takeUp(added.orderId);
    this.wake();
    return added;
  }

  /** Takes up what was open when the app ended. */
  start(): void {
    if (this.#running) return;
    for (const order of this.#ports.scans.openOrders()) {
      this.#takeUp(order.id);
      for (const scan of this.#orders.get(order.id)?.scans.values() ?? []) this.#resume(scan);
    }
    this.#running = this.#run();
  }

  /** Evidence came, an agent came back, somebody decided. */
  wake(): void {
    this.#hasNews = true;
    this.#nap?.abort();
  }

  /** A scan that somebody else added evidence to (the alerts). */
  changed(scan: StoredScan): void {
    if (scan.orderId !== null) this.#orders.get(scan.orderId)?.scans.set(scan.id, scan);
    this.#ports.onChange();
    this.wake();
  }

  /** Errors: `scans.gone`, `scans.cannot-stop`, those of SSH. */
  async cancel(scanId: number): Promise<void> {
    const scan = this.#scan(scanId);
    const { audit, who, clock } = this.#ports;
    audit.append(
      { who, deed: 'scan cancel', detail: `scan ${scanId} on ${scan.profile}/${scan.agentId}` },
      clock.now(),
    );
    if (scan.state === 'planned' || scan.state === 'waiting-for-agent') {
      this.#note(scanId, 'cancelled', 'Taken back before it was sent');
      return this.wake();
    }
    if (isSettled(scan.state)) return;
    if (scan.route !== 'agent-ssh') throw cannotStop();
    this.#note(scanId, 'cancel-requested', `Asked for by ${who}`);
    await this.#ssh.act(scan, 'stop');
    this.#note(scanId, 'cancelled', 'KES stopped the task');
  }

  /** What was not sent yet. Answers how many. */
  cancelOrder(orderId: number): number {
    const { audit, who, clock, scans } = this.#ports;
    audit.append({ who, deed: 'order cancel', detail: `order ${orderId}` }, clock.now());
    const waiting = scans
      .scansOf(orderId)
      .filter(({ state }) => state === 'planned' || state === 'waiting-for-agent');
    for (const { id } of waiting) this.#note(id, 'cancelled', 'Taken back before it was sent');
    this.wake();
    return waiting.length;
  }

  goOn(orderId: number): void {
    const { audit, who, clock, scans } = this.#ports;
    audit.append({ who, deed: 'order go on', detail: `order ${orderId}` }, clock.now());
    scans.passCanary(orderId);
    this.#takeUp(orderId);
    this.#ports.onChange();
    this.wake();
  }

  async suspend(scanId: number): Promise<void> {
    return this.#act(scanId, 'suspend');
  }

  async resume(scanId: number): Promise<void> {
    return this.#act(scanId, 'resume');
  }

  /** Sends nothing more; what is under way is let go. The tasks on the agents go on. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running;
    await Promise.all(this.#sending);
    await this.#ssh.close();
  }

  async #act(scanId: number, deed: 'suspend' | 'resume'): Promise<void> {
    const scan = this.#scan(scanId);
    const { audit, who, clock } = this.#ports;
    audit.append({ who, deed: `scan ${deed}`, detail: `scan ${scanId}` }, clock.now());
    if (scan.route !== 'agent-ssh') throw cannotStop();
    await this.#ssh.act(scan, deed);
  }

  async #run(): Promise<void> {
    const { clock, scans, onChange, onTrouble } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      this.#hasNews = false;
      try {
        if (scans.noteSilence(clock.now()) > 0) this.#reload();
        for (const atWork of this.#orders.values()) this.#advance(atWork);
      } catch (error) {
        onTrouble(error);
      }
      onChange();
      await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    this.#nap = new AbortController();
    if (!this.#hasNews) await this.#ports.clock.wait(LOOK_MS, this.#nap.signal);
    this.#nap = null;
  }

  #advance(atWork: OrderAtWork): void {
    const { fleet, clock } = this.#ports;
    for (;;) {
      const scans = [...atWork.scans.values()];
      const step = nextStep({
        order: atWork.order,
        scans,
        nowMs: clock.now(),
        lastSentMs: atWork.lastSentMs,
        statusOf: ({ profile, agentId }) => fleet.agent(profile, agentId)?.status ?? null,
      });
      if (!step) {
        if (scans.every(({ state }) => isSettled(state))) this.#orders.delete(atWork.order.id);
        return;
      }
      this.#take(atWork, step);
    }
  }

  #take(atWork: OrderAtWork, step: NextStep): void {
    const { scans, fleet } = this.#ports;
    switch (step.kind) {
      case 'hold':
        scans.setHeld(atWork.order.id, step.because);
        atWork.order = { ...atWork.order, heldBecause: step.because };
        return;
      case 'wait-for-agent':
        fleet.refreshAgents(step.scan.profile);
        return void this.#note(
          step.scan.id,
          'waiting-for-agent',
          `Waits for the agent, which is ${step.status ?? 'not listed any more'}`,
        );
      case 'expire':
        return void this.#note(
          step.scan.id,
          'expired',
          'The agent did not come back in time; nothing was sent',
        );
      case 'send':
        atWork.lastSentMs = this.#ports.clock.now();
        return this.#send(step.scan);
    }
  }

  /** The evidence that it leaves is durable before it leaves. */
  #send(scan: StoredScan): void {
    const sent = this.#note(scan.id, 'sending', scan.exact.join('\n'));
    if (scan.route === 'agent-ssh') return this.#ssh.run(sent);
    const { fleet, clock, onTrouble } = this.#ports;
    const work: Promise<void> = dispatchScan(sent, fleet, clock)
      .then((evidence) => void this.#add(scan.id, evidence))
      .catch(onTrouble)
      .finally(() => {
        this.#sending.delete(work);
        this.wake();
      });
    this.#sending.add(work);
  }

  /** After a start of the app. What may have left is never sent again by itself. */
  #resume(scan: StoredScan): void {
    if (scan.sentMs === null || isSettled(scan.state)) return;
    if (scan.route === 'agent-ssh') {
      if (scan.task) return this.#ssh.run(scan);
      const words = 'The app ended while the agent was asked; whether it started was not seen.';
      return void this.#note(scan.id, 'failed', words);
    }
    const evidence = this.#ports.scans.evidence(scan.id);
    if (evidence.at(-1)?.what !== 'sending') return;
    this.#note(
      scan.id,
      'not-seen',
      'The app ended while it was sent: it may have been sent, and is not sent again.',
    );
  }

  #takeUp(orderId: number): void {
    const { scans } = this.#ports;
    const order = scans.order(orderId);
    if (!order) return;
    const all = new Map(scans.scansOf(orderId).map((scan) => [scan.id, scan]));
    const sent = [...all.values()].map(({ sentMs }) => sentMs ?? -Infinity);
    const lastSentMs = Math.max(...sent);
    this.#orders.set(orderId, {
      order,
      scans: all,
      lastSentMs: Number.isFinite(lastSentMs) ? lastSentMs : null,
    });
  }

  #reload(): void {
    for (const id of this.#orders.keys()) this.#takeUp(id);
  }

  #note(scanId: number, what: EvidenceKind, detail: string): StoredScan {
    const time = new Date(this.#ports.clock.now()).toISOString();
    return this.#add(scanId, { what, source: 'app', time, detail, facts: null });
  }

  #add(scanId: number, evidence: ScanEvidence): StoredScan {
    const scan = this.#ports.scans.addEvidence(scanId, [evidence]);
    if (scan.orderId !== null) this.#orders.get(scan.orderId)?.scans.set(scanId, scan);
    this.#ports.onChange();
    if (evidence.what !== 'progress') this.wake();
    return scan;
  }

  #scan(scanId: number): StoredScan {
    const scan = this.#ports.scans.scan(scanId);
    if (scan) return scan;
    throw scanGone();
  }

  #planning() {
    const { fleet, kes, clock } = this.#ports;
    return { fleet, kes, nowMs: clock.now() };
  }
}

/** Without what only the dispatcher needs. */
function shownPlan({ dispatch: _dispatch, ...plan }: ScanPlan): PlannedScan {
  return plan;
}

interface OrderAtWork {
  order: StoredOrder;
  readonly scans: Map<number, StoredScan>;
  lastSentMs: number | null;
}
