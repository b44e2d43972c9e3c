/** How scans leave: each once, few at a time to one manager, and what of the last run of the app is still on its way. */
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { ScanEvidence } from '../../../src-shared/domain/scan.ts';
import type { Clock } from '../../app/clock.ts';
import type { ScanStore, StoredScan } from '../scan-store.ts';
import { dispatchScan } from './dispatcher.ts';
import type { Fleet } from './fleet.ts';
import type { ScanWay } from './next-step.ts';
import type { SshScans } from './ssh-scans.ts';

export interface DeparturesPorts {
  readonly scans: Pick<ScanStore, 'evidence'>;
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly ssh: SshScans;
  readonly add: (scanId: number, evidence: ScanEvidence) => StoredScan;
  /** Another may leave. */
  readonly freed: () => void;
  readonly onTrouble: (error: unknown) => void;
  /** The connections that are opened at all; left out: all. What belongs to others is left to another run. */
  readonly profiles?: ReadonlySet<string> | null;
}

/**
 * Requests under way to one manager. No more than its API takes at once: what waited for its turn there would be noted as
 * sent long before it left.
 */
const MOST_UNDER_WAY = 3;

export class Departures {
  readonly #ports: DeparturesPorts;
  readonly #underWay = new Map<string, Set<Promise<void>>>();
  /** Since when a manager has been away, by profile and route. */
  readonly #awaySince = new Map<string, number>();
  readonly #closing = new AbortController();

  constructor(ports: DeparturesPorts) {
    this.#ports = ports;
  }

  wayOf(scan: StoredScan): ScanWay {
    if (!this.#isOurs(scan)) return { kind: 'full' };
    if (scan.route === 'agent-ssh') return this.#wayOverSsh(scan);
    const { fleet, clock } = this.#ports;
    const { profile, agentId, route } = scan;
    const way = `${route}/${profile}`;
    if (route !== null && !fleet.isReachable(profile, route)) {
      const sinceMs = this.#awaySince.get(way) ?? clock.now();
      this.#awaySince.set(way, sinceMs);
      return { kind: 'manager-away', sinceMs };
    }
    this.#awaySince.delete(way);
    const status = fleet.agent(profile, agentId)?.status ?? null;
    if (status !== 'active' && status !== 'unknown') return { kind: 'agent-away', status };
    return (this.#underWay.get(profile)?.size ?? 0) >= MOST_UNDER_WAY ? { kind: 'full' } : { kind: 'open' };
  }

  #isOurs({ profile }: StoredScan): boolean {
    const { profiles } = this.#ports;
    return profiles == null || profiles.has(profile);
  }

  /** Over SSH an agent is reached whether its Wazuh agent is connected or not. */
  #wayOverSsh({ id }: StoredScan): ScanWay {
    const { ssh } = this.#ports;
    if (ssh.isReaching(id)) return { kind: 'taken' };
    if (ssh.isResting(id)) return { kind: 'agent-away', status: 'unreachable' };
    return ssh.isFull ? { kind: 'full' } : { kind: 'open' };
  }

  /** The evidence that it leaves is durable before it leaves; over SSH nothing leaves before the agent is reached. */
  send(scan: StoredScan): void {
    if (scan.route === 'agent-ssh') return this.#ports.ssh.run(scan);
    const sent = this.#note(scan.id, 'sending', scan.exact.join('\n'));
    const { fleet, clock, add, freed, onTrouble } = this.#ports;
    const underWay = this.#underWay.get(scan.profile) ?? new Set();
    this.#underWay.set(scan.profile, underWay);
    const work: Promise<void> = dispatchScan(sent, fleet, clock, this.#closing.signal)
      .then((evidence) => void add(scan.id, evidence))
      .catch(onTrouble)
      .finally(() => {
        underWay.delete(work);
        freed();
      });
    underWay.add(work);
  }

  /** After a start of the app. What may have left is never sent again by itself. */
  takeUp(scan: StoredScan): void {
    if (scan.sentMs === null || isSettled(scan.state) || !this.#isOurs(scan)) return;
    // Without a task nothing was started there: what is to be started is durable before it is.
    if (scan.route === 'agent-ssh') return this.#ports.ssh.run(scan);
    if (this.#ports.scans.evidence(scan.id).at(-1)?.what !== 'sending') return;
    const words = 'The app ended while it was sent: it may have been sent, and is not sent again.';
    this.#note(scan.id, 'not-seen', words);
  }

  /** What is under way is given up, and noted as perhaps sent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#underWay.values()].flatMap((underWay) => [...underWay]));
  }

  #note(scanId: number, what: 'sending' | 'not-seen', detail: string): StoredScan {
    const time = new Date(this.#ports.clock.now()).toISOString();
    return this.#ports.add(scanId, { what, source: 'app', time, detail, facts: null });
  }
}
