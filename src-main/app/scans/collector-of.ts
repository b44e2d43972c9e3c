import type { Engine } from '../engine.ts';
import { ScanCollector } from './scan-collector.ts';

/** What alerts tell of scans becomes evidence in this engine's store. */
export function collectorOf(
  { store, clock, log }: Pick<Engine, 'store' | 'clock' | 'log'>,
  changed: () => void,
): ScanCollector {
  return new ScanCollector({
    alerts: store.scanAlerts,
    clock,
    changed,
    onTrouble: (error) => log.error('scans.alerts', { error }),
  });
}
