import type { ScanEvidence } from '../../src-shared/domain/scan.ts';
import type { Store } from '../../src-main/store/open-store.ts';
import { anOrder, aStoredScan } from './a-stored-scan.ts';
import { NOW_MS } from './committing.ts';

/** One piece of evidence, seen now by the app unless said otherwise. */
export function seen(what: ScanEvidence['what'], change: Partial<ScanEvidence> = {}): ScanEvidence {
  const time = new Date(NOW_MS).toISOString();
  return { what, source: 'app', time, detail: what, facts: null, ...change };
}

/** A scan of agent 001, web-01, that has just been sent; its number. */
export function aSentScan(
  store: Pick<Store, 'scans'>,
  change: Parameters<typeof aStoredScan>[1] = {},
  atMs = NOW_MS,
): number {
  const scan = aStoredScan(1, { agentName: 'web-01', ...change });
  const [id = 0] = store.scans.addOrder(anOrder({ askedMs: atMs }), [scan], atMs).scanIds;
  const time = new Date(atMs).toISOString();
  store.scans.addEvidence(id, [seen('sending', { time, detail: '' })]);
  return id;
}
