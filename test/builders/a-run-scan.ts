import { systemClock } from '../../src-main/app/clock.ts';
import type { KeslControl } from '../../src-main/kes/agent/kesl-control.ts';
import { runAgentScan } from '../../src-main/kes/agent/run-scan.ts';
import { deriveScanState } from '../../src-shared/domain/scan-state.ts';
import type { ScanAction, ScanEvidence, ScanKind, ScanState } from '../../src-shared/domain/scan.ts';

/** Runs a scan through a kesl-control to its end; its evidence and the state that follows from it. */
export async function aRunScan(
  kesl: KeslControl,
  kind: ScanKind,
  { path = null, action = 'as-set' }: { readonly path?: string | null; readonly action?: ScanAction } = {},
): Promise<{ readonly evidence: readonly ScanEvidence[]; readonly state: ScanState }> {
  const evidence: ScanEvidence[] = [];
  await runAgentScan({
    kesl,
    kind,
    path,
    action,
    clock: systemClock,
    signal: new AbortController().signal,
    pollMs: 50,
    report: (what, detail, facts) => {
      const time = new Date().toISOString();
      evidence.push({ what, source: 'kesl-control', time, detail, facts: facts ?? null });
    },
  });
  return { evidence, state: deriveScanState(kind, evidence, Date.now()) };
}
