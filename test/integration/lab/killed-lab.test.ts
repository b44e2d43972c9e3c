import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecordReader } from '../../../src-main/alerts/create-record-reader.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import type { Lab } from '../../../src-main/lab/lab.ts';
import { Labs } from '../../builders/a-lab.ts';
import { labAlerts } from '../../builders/lab-files.ts';

const child = fileURLToPath(new URL('lab-child.ts', import.meta.url));
let labs: Labs;
beforeEach(() => {
  labs = new Labs();
});
afterEach(() => labs.clean());

test('a lab that is killed in full flight goes on: both forms agree, no id occurs twice', async () => {
  const folder = labs.folder();
  const live = join(folder, 'simulated/manager/logs/alerts/alerts.json');
  for (const alerts of [150, 250, 350]) await killAt(folder, live, alerts);
  const lab = await labs.start({ folder, clock: systemClock });
  const ids = labAlerts(lab).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(350);
  expect(idsIn(lab, 'log')).toEqual(idsIn(lab, 'json'));
});

/** Runs the child until the live file holds so many alerts, then kills it without warning. */
async function killAt(folder: string, live: string, alerts: number): Promise<void> {
  const process = spawn(execPath, [child, folder], { stdio: 'inherit' });
  const gone = once(process, 'exit');
  await expect.poll(() => countLines(live), { timeout: 30_000, interval: 5 }).toBeGreaterThan(alerts);
  process.kill('SIGKILL');
  await gone;
}

function countLines(path: string): number {
  return existsSync(path) ? readFileSync(path, 'latin1').split('\n').length : 0;
}

/** Ids of the alerts of interest in the live file, as the project's own reader finds them. */
function idsIn(lab: Lab, form: 'json' | 'log'): string[] {
  const reader = createRecordReader(form, 0);
  const path = form === 'json' ? lab.manager.alertsJson : lab.manager.alertsLog;
  const reads = [reader.push(readFileSync(path)), reader.end()];
  expect(reads.flatMap(({ malformed }) => malformed)).toEqual([]);
  return reads.flatMap(({ records }) => records.map(({ alert }) => alert.alertId));
}
