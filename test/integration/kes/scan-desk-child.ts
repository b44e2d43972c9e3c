import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src-main/app/clock.ts';
import { ScanDesk } from '../../../src-main/kes/desk/scan-desk.ts';
import { isWaiting } from '../../../src-main/kes/desk/next-step.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { AFleet, queuedFor } from '../../builders/a-fleet.ts';
import { allOf, aRequest } from '../../builders/a-fleet-request.ts';
import { withCommitPoints } from '../../builders/commit-points.ts';

/**
 * Sends a fleet scan from the store of DATA_FOLDER, launched unless it is there already, unless it dies at a commit point
 * before. Each request is written to REQUESTS when it leaves.
 */
const fleet = new AFleet(Number(process.env['AGENTS']));
fleet.answer = async ({ query }) => {
  const agentId = String(query?.['agents_list']);
  appendFileSync(process.env['REQUESTS'] ?? '', `${agentId}\n`);
  await pause(1);
  return queuedFor(agentId);
};
const store = openStore(process.env['DATA_FOLDER'] ?? '');
const desk = new ScanDesk({
  scans: withCommitPoints(store.scans, ['addOrder', 'addEvidence'], 'around'),
  kes: store.agentKes,
  audit: store.audit,
  fleet,
  clock: systemClock,
  who: 'operator',
  onChange: () => undefined,
  onTrouble: (error) => {
    throw error;
  },
});
desk.start();
if (store.scans.order(1) === null) {
  await desk.launch(aRequest({ agents: allOf(fleet) }), true);
}
while (store.scans.scansOf(1).some(isWaiting)) await pause(5);
await desk.close();
store.close();
