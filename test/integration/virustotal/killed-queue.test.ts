import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  LAB_KEY,
  startLabVirusTotal,
  type LabVirusTotal,
} from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { nameKey } from '../../../src-main/virustotal/api-key.ts';
import { runUntilCommitPoint } from '../../builders/commit-points.ts';
import { aHash } from '../../builders/lookup-bench.ts';

const FILES = 3;
/** Room for every file, and for those that were in flight when the process was killed. */
const LIMITS = { perMinute: 2 * FILES, perDay: 2 * FILES, perMonth: null };

let folder: string;
let lab: LabVirusTotal;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-kill-'));
  lab = await startLabVirusTotal({ limits: LIMITS });
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the ledger of a data folder knows: hashes still waiting, and requests of today. */
function readBooks(dataFolder: string) {
  const store = openStore(dataFolder);
  try {
    const waiting = new Set<string>();
    const seen = new Set<number>();
    for (
      let due = store.lookups.nextDue(Date.now(), seen);
      due;
      due = store.lookups.nextDue(Date.now(), seen)
    ) {
      seen.add(due.fileId);
      waiting.add(due.hash.hex);
    }
    const use = store.quota.use(nameKey(LAB_KEY, Buffer.alloc(32)), Date.now());
    return { waiting, use, logLines: store.outbox.pending(1000).map(({ line }) => line) };
  } finally {
    store.close();
  }
}

function hashesAsked(): string[] {
  const lookups = lab.control.requests().filter((request) => request.asked === 'file');
  return lookups.map((request) => request.hash ?? '');
}

test('killed at any commit point, no answer is asked for twice, none is lost, no request is forgotten', async () => {
  const child = new URL('asking-child.ts', import.meta.url);
  const all = Array.from({ length: FILES }, (_, index) => aHash(`file ${index}`).hex);
  let point = 0;
  for (let end = 'killed'; end === 'killed';) {
    point += 1;
    lab.control.resetQuota();
    lab.control.clearRequests();
    const data = join(folder, `killed-at-${point}`);
    const environment = {
      DATA_FOLDER: data,
      FILES: String(FILES),
      SERVICE_URL: `${lab.url}/api/v3`,
      SERVICE_KEY: LAB_KEY,
    };
    end = await runUntilCommitPoint(child, point, environment);
    const atDeath = readBooks(data);
    const askedBefore = hashesAsked();
    // Every request that left is in the books of the minute and of the day.
    expect(atDeath.use.occupiedUntil.length).toBeGreaterThanOrEqual(askedBefore.length);
    expect(atDeath.use.usedToday).toBeGreaterThanOrEqual(askedBefore.length);
    expect(await runUntilCommitPoint(child, 0, environment)).toBe('finished');
    const askedAfter = hashesAsked().slice(askedBefore.length);
    // Asked again are exactly those whose answer was not committed.
    expect({ point, asked: new Set(askedAfter) }).toEqual({ point, asked: atDeath.waiting });
    expect(askedAfter).toHaveLength(atDeath.waiting.size);
    expect(lab.control.requests().every((request) => request.status !== 429)).toBe(true);
    const books = readBooks(data);
    expect(books.waiting.size).toBe(0);
    expect(all.map((hex) => books.logLines.filter((line) => line.includes(hex)).length)).toEqual(
      all.map(() => 1),
    );
  }
  expect(point).toBeGreaterThan(4 * FILES);
}, 180_000);
