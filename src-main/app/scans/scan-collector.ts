import type { ScanAlerts } from '../../store/scan-alerts.ts';
import type { Clock } from '../clock.ts';

export interface CollectorPorts {
  readonly alerts: Pick<ScanAlerts, 'collect'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Scans on screen have changed. */
  readonly changed: () => void;
  /** What could not be collected is tried again with the next alerts. */
  readonly onTrouble: (error: unknown) => void;
}

/** Alerts in one transaction: some tens of milliseconds. */
const AT_ONCE = 50;

/** Makes evidence of what followers and imports have read: called after each committed batch, and once at the start. */
export class ScanCollector {
  readonly #ports: CollectorPorts;
  readonly #listeners = new Set<(scanIds: readonly number[]) => void>();
  /** The rest of a large import is collected in turns: nothing else waits for all of it. */
  #next: NodeJS.Immediate | null = null;

  constructor(ports: CollectorPorts) {
    this.#ports = ports;
  }

  /** Told which scans that somebody here asked for have new evidence; files that were read once tell nobody. */
  onEvidence(listener: (scanIds: readonly number[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Never throws: what was read is in the store, and is collected at the latest after the next start. */
  collect(): void {
    if (this.#next) return;
    try {
      if (this.#collectSome()) this.#next = setImmediate(() => this.#goOn());
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }

  close(): void {
    if (this.#next) clearImmediate(this.#next);
    this.#next = null;
    this.#listeners.clear();
  }

  #goOn(): void {
    this.#next = null;
    this.collect();
  }

  /** Whether there may be more. */
  #collectSome(): boolean {
    const { alerts, clock, changed } = this.#ports;
    const collected = alerts.collect(AT_ONCE, clock.now());
    if (collected.scans.length > 0) changed();
    const asked = collected.scans.filter(({ orderId, isLive }) => isLive && orderId !== null);
    if (asked.length > 0) this.#tell(asked.map(({ scanId }) => scanId));
    return collected.alerts === AT_ONCE;
  }

  #tell(scanIds: readonly number[]): void {
    for (const listener of this.#listeners) listener(scanIds);
  }
}
