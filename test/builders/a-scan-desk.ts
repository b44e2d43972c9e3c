import { onTestFinished } from 'vitest';
import { ScanDesk, type ScanDeskPorts } from '../../src-main/kes/desk/scan-desk.ts';
import type { StoredScan } from '../../src-main/kes/scan-store.ts';
import type { Store } from '../../src-main/store/open-store.ts';
import type { ScanEvidence } from '../../src-shared/domain/scan.ts';
import { AFleet } from './a-fleet.ts';
import { PROFILE } from './a-fleet-request.ts';
import { aDraft } from './a-profile.ts';
import { aStore } from './a-store.ts';
import { NOW_MS } from './committing.ts';
import { ManualClock } from './manual-clock.ts';

/** A desk at work over a real store with one connection, a fleet in memory and a clock that stands still. */
export function aScanDesk(
  change: Partial<ScanDeskPorts> & {
    readonly fleet?: AFleet;
    readonly store?: Store;
    readonly clock?: ManualClock;
  } = {},
) {
  const { fleet = new AFleet(), store = aStore(), clock = new ManualClock(NOW_MS) } = change;
  if (store.profiles.list().length === 0) store.profiles.add(aDraft({ name: PROFILE }));
  const troubles: unknown[] = [];
  const desk = new ScanDesk({
    scans: store.scans,
    kes: store.agentKes,
    audit: store.audit,
    who: 'operator',
    onChange: () => undefined,
    onTrouble: (error) => troubles.push(error),
    ...change,
    fleet,
    clock,
  });
  desk.start();
  onTestFinished(() => desk.close());
  return {
    desk,
    fleet,
    store,
    clock,
    troubles,
    /** Lets everything happen that can without time. */
    settle: () => clock.advance(0).then(() => rounds(20)),
    pass: async (ms: number) => {
      await clock.advance(ms);
      await rounds(20);
    },
    scan: (id = 1): StoredScan => {
      const scan = store.scans.scan(id);
      if (!scan) throw new Error(`There is no scan ${id}.`);
      return scan;
    },
    scans: (orderId = 1): readonly StoredScan[] => store.scans.scansOf(orderId),
    evidence: (id = 1): readonly ScanEvidence[] => store.scans.evidence(id),
  };
}

async function rounds(count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) await new Promise((resolve) => void setImmediate(resolve));
}
