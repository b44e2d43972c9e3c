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
import { cannotStop, harmNotAccepted, nothingToSend, preflightForbids, scanGone } from './desk-errors.ts';
import { Departures } from './departures.ts';
import type { Fleet } from './fleet.ts';
import { isWaiting, nextStep, pauseLeftMs, type NextStep } from './next-step.ts';
import { newScans, planRequest, type PlannedRequest } from './plan-request.ts';
import { Preflights } from './preflights.ts';
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
  /** The connections that are opened at all; left out: all. Scans of others are left alone. */
  readonly profiles?: ReadonlySet<string> | null;
}

/** How often agents that are away and silent scans are looked after. */
const LOOK_MS = 5_000;

export class ScanDesk {
  readonly preflights: Preflights;
  readonly #ports: ScanDeskPorts;
  readonly #ssh: SshScans;
  readonly #departures: Departures;
  readonly #orders = new Map<number, OrderAtWork>();
  readonly #stopping = new AbortController();
  #nap: AbortController | null = null;
  #hasNews = false;
  #running: Promise<void> | null = null;

  constructor(ports: ScanDeskPorts) {
    this.#ports = ports;
    this.preflights = new Preflights(ports);
    this.#ssh = new SshScans({
      ...ports,
      add: (scanId, evidence) => this.#add(scanId, evidence),
      setTask: (scanId, task) => ports.scans.setTask(scanId, task),
      get: (scanId) => ports.scans.scan(scanId),
      hasItsConnection: (scanId) => ports.scans.hasItsConnection(scanId),
      evidence: (scanId) => ports.scans.evidence(scanId),
      freed: () => this.wake(),
    });
    this.#departures = new Departures({
      ...ports,
      ssh: this.#ssh,
      add: (scanId, evidence) => this.#add(scanId, evidence),
      freed: () => this.wake(),
    });
  }

  /** What would be sent where. */
  async plan(request: ScanRequest): Promise<readonly PlannedScan[]> {
    return (await this.#planned(request)).map(({ plan }) => shownPlan(plan));
  }

  /** Errors: `scans.harm-not-accepted`, `scans.nothing-to-send`, `scans.preflight-forbids`. */
  async launch(request: ScanRequest, acceptsHarm: boolean): Promise<{ orderId: number; scanIds: number[] }> {
    const { clock, scans, who } = this.#ports;
    const { kind, path, action, rules, originFileId } = request;
    // Only the scan of a path can be told to look only; a task does what its settings say.
    const looksOnly = action === 'skip' && path !== null;
    if (kindFacts(kind).mayHarm && !looksOnly && !acceptsHarm) throw harmNotAccepted();
    const planned = (await this.#planned(request)).filter(({ plan }) => plan.refusal === null);
    if (planned.length === 0) throw nothingToSend();
    const forbidden = this.preflights.whyForbidden(
      planned.map(({ plan }) => plan),
      kind,
    );
    if (forbidden !== null) throw preflightForbids(forbidden);
    const names = planned.map(({ plan }) => `${plan.profile}/${plan.agentId}`).join(', ');
    const what = `${path === null ? '' : `${path}, `}${looksOnly ? 'looking only, ' : ''}`;
    this.#note(`scan ${kind}`, `${what}${planned.length} agent${planned.length === 1 ? '' : 's'}: ${names}`);
    const nowMs = clock.now();
    const added = scans.addOrder(
      { kind, path, action, rules, askedMs: nowMs, askedBy: who, originFileId },
      newScans(request, planned, nowMs),
      nowMs,
    );
    this.#takeUp(added.orderId);
    this.#ports.onChange();
    this.wake();
    return added;
  }

  /** Takes up what was open when the app ended. */
  start(): void {
    if (this.#running) return;
    for (const order of this.#ports.scans.openOrders()) {
      this.#takeUp(order.id);
      for (const scan of this.#orders.get(order.id)?.scans.values() ?? []) this.#departures.takeUp(scan);
    }
    this.#running = this.#run();
  }

  /** Evidence came, an agent came back, somebody decided. */
  wake(): void {
    this.#hasNews = true;
    this.#nap?.abort();
  }

  /** Alerts brought evidence of these. */
  heardOf(scanIds: readonly number[]): void {
    for (const id of scanIds) {
      const scan = this.#ports.scans.scan(id);
      if (!scan) continue;
      this.#learnOfScript(scan);
      this.#changed(scan);
    }
  }

  /** A report of our script shows that it is there, also where somebody installed it by hand. */
  #learnOfScript({ id, profile, agentId, program }: StoredScan): void {
    const { scans, kes } = this.#ports;
    if (program !== 'script' || kes.memory(profile, agentId).script !== 'unknown') return;
    const hasReported = scans.evidence(id).some(({ source }) => source === 'script');
    if (hasReported) kes.remember(profile, agentId, { script: 'installed' });
  }

  #changed(scan: StoredScan): void {
    const known = scan.orderId === null ? undefined : this.#orders.get(scan.orderId)?.scans;
    const before = known?.get(scan.id)?.state;
    known?.set(scan.id, scan);
    this.#ports.onChange();
    if (before === scan.state) return;
    this.wake();
  }

  /** Errors: `scans.gone`, `scans.cannot-stop`, `kes.no-task`, `kes.refused`, those of SSH. */
  async cancel(scanId: number): Promise<void> {
    const scan = this.#scan(scanId);
    const { who } = this.#ports;
    this.#note('scan cancel', `scan ${scanId} on ${scan.profile}/${scan.agentId}`);
    if (isWaiting(scan)) return this.#takeBack(scan);
    if (isSettled(scan.state)) return;
    if (scan.route !== 'agent-ssh') throw cannotStop();
    // Where it had ended by itself meanwhile its result counts.
    if (await this.#ssh.act(scan, 'stop'))
      this.#see(scanId, 'cancel-requested', `KES was told by ${who} to stop it`);
  }

  /** What was not sent yet. Answers how many. */
  cancelOrder(orderId: number): number {
    this.#note('order cancel', `order ${orderId}`);
    const waiting = this.#ports.scans.scansOf(orderId).filter(isWaiting);
    for (const scan of waiting) this.#takeBack(scan);
    return waiting.length;
  }

  goOn(orderId: number): void {
    this.#note('order go on', `order ${orderId}`);
    this.#ports.scans.passCanary(orderId);
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
    await this.#departures.close();
    await this.#ssh.close();
  }

  async #act(scanId: number, deed: 'suspend' | 'resume'): Promise<void> {
    const scan = this.#scan(scanId);
    this.#note(`scan ${deed}`, `scan ${scanId} on ${scan.profile}/${scan.agentId}`);
    if (scan.route !== 'agent-ssh') throw cannotStop();
    await this.#ssh.act(scan, deed);
  }

  #takeBack({ id }: StoredScan): void {
    this.#ssh.drop(id);
    this.#see(id, 'cancelled', 'Taken back before it was sent');
  }

  async #run(): Promise<void> {
    const { clock, scans, onChange, onTrouble } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      this.#hasNews = false;
      try {
        if (scans.noteSilence(clock.now()) > 0) {
          for (const id of this.#orders.keys()) this.#takeUp(id);
          onChange();
        }
        for (const atWork of this.#orders.values()) this.#advance(atWork);
      } catch (error) {
        onTrouble(error);
      }
      await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    // What was learnt while it worked is looked at in the next round, after whoever else has something to do.
    if (this.#hasNews) return new Promise((resolve) => void setImmediate(resolve));
    const { clock } = this.#ports;
    const atWork = [...this.#orders.values()];
    const pauses = atWork.flatMap((one) => pauseLeftMs(one.order, one.lastSentMs, clock.now()) ?? []);
    this.#nap = new AbortController();
    await clock.wait(Math.min(LOOK_MS, ...pauses), this.#nap.signal);
    this.#nap = null;
  }

  #advance(atWork: OrderAtWork): void {
    const { clock } = this.#ports;
    while (!this.#stopping.signal.aborted) {
      const scans = [...atWork.scans.values()];
      const step = nextStep({
        order: atWork.order,
        scans,
        nowMs: clock.now(),
        lastSentMs: atWork.lastSentMs,
        wayOf: (scan) => this.#departures.wayOf(scan),
      });
      if (!step) {
        // Of those that left nothing is decided here any more: alerts and SSH tell the store how they go on.
        if (!scans.some(isWaiting)) this.#orders.delete(atWork.order.id);
        return;
      }
      this.#take(atWork, step);
    }
  }

  #take(atWork: OrderAtWork, step: NextStep): void {
    const { scans, fleet, onChange } = this.#ports;
    switch (step.kind) {
      case 'hold':
        scans.setHeld(atWork.order.id, step.because);
        atWork.order = { ...atWork.order, heldBecause: step.because };
        return onChange();
      case 'wait-for-agent':
        for (const profile of new Set(step.scans.map(({ scan }) => scan.profile)))
          fleet.refreshAgents(profile);
        for (const { scan, status } of step.scans) {
          this.#see(
            scan.id,
            'waiting-for-agent',
            `Waits for the agent, which is ${status ?? 'not listed any more'}`,
          );
        }
        return;
      case 'expire':
        this.#ssh.drop(step.scan.id);
        this.#see(step.scan.id, 'expired', EXPIRED_WORDS[step.because]);
        return;
      case 'send':
        return this.#send(atWork, step.scan);
    }
  }

  /** As the store has it now: its connection may have gone meanwhile, and another have its name. */
  #send(atWork: OrderAtWork, { id, profile }: StoredScan): void {
    const scan = this.#ports.scans.scan(id);
    if (scan && isWaiting(scan) && !this.#ports.scans.hasItsConnection(id))
      return this.#see(id, 'cancelled', 'Its connection was removed or leads elsewhere; nothing was sent');
    if (scan && isWaiting(scan) && scan.profile === profile) {
      atWork.lastSentMs = this.#ports.clock.now();
      return this.#departures.send(scan);
    }
    if (scan) atWork.scans.set(id, scan);
    else atWork.scans.delete(id);
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

  async #planned(request: ScanRequest): Promise<PlannedRequest[]> {
    const { fleet, kes, clock } = this.#ports;
    await fleet.refreshManagers(request.agents);
    return planRequest(request, { fleet, kes, nowMs: clock.now() });
  }

  #note(deed: string, detail: string): void {
    const { audit, who, clock } = this.#ports;
    audit.append({ who, deed, detail }, clock.now());
  }

  #see(scanId: number, what: EvidenceKind, detail: string): void {
    const time = new Date(this.#ports.clock.now()).toISOString();
    this.#add(scanId, { what, source: 'app', time, detail, facts: null });
  }

  #add(scanId: number, evidence: ScanEvidence): StoredScan {
    const scan = this.#ports.scans.addEvidence(scanId, [evidence]);
    this.#changed(scan);
    return scan;
  }

  #scan(scanId: number): StoredScan {
    const scan = this.#ports.scans.scan(scanId);
    if (scan) return scan;
    throw scanGone();
  }
}

const EXPIRED_WORDS = {
  agent: 'The agent did not come back in time; nothing was sent',
  manager: 'The manager was not reached in time; nothing was sent',
} as const;

/** Without what only the dispatcher needs. */
function shownPlan({ dispatch: _dispatch, ...plan }: ScanPlan): PlannedScan {
  return plan;
}

interface OrderAtWork {
  order: StoredOrder;
  readonly scans: Map<number, StoredScan>;
  lastSentMs: number | null;
}
