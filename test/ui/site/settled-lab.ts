import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { importAlerts } from '../../../src-main/alerts/import-alerts.ts';
import { type Clock, systemClock } from '../../../src-main/app/clock.ts';
import { type Engine, openEngine } from '../../../src-main/app/engine.ts';
import { type Lab, startLab } from '../../../src-main/lab/lab.ts';
import { MemorySecretStore } from '../../../src-main/secrets/memory-secret-store.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { EVERYTHING } from '../../../src-main/store/queries/file-filter.ts';
import { listFiles } from '../../../src-main/store/queries/list-files.ts';
import type { DetectionRow, View } from '../../../src-shared/ipc/detections.ts';
import { datedFiles } from '../../builders/lab-files.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What is newer waits for the app to open; the newest hour was judged a minute after. */
const READ_LIVE_MS = 12 * MINUTE_MS;
const TURNED_AGO_MS = 9 * MINUTE_MS;

/**
 * Fills a data folder as a lab that has been watched for days would have: every hour's files were judged within that
 * hour, people decided about most detections, and one file turned. The newest minutes wait for the app to open.
 */
export async function settleLab(dataFolder: string, days: number): Promise<void> {
  const clock = new PastClock();
  const lab = await startLab({
    folder: join(dataFolder, 'world'),
    seed: 1,
    speed: 1,
    historyDays: days,
    pace: null,
    limits: { perMinute: 60_000, perDay: null, perMonth: null },
    clock,
  });
  const engine = await openEngine({
    dataFolder,
    world: 'lab',
    holder: 'the settling of the lab',
    virustotalUrl: `${lab.virustotal.url}/api/v3`,
    cipher: null,
    secrets: new MemorySecretStore(new Map([['virustotal-key', lab.virustotal.key]])),
    clock,
  });
  try {
    engine.queue.start();
    for (const hour of hoursOf(lab)) {
      clock.setTo(hour.endsAt + MINUTE_MS);
      await judge(engine, hour.lines);
    }
    // After every other verdict, at whatever minute of an hour this runs: an older one would not count.
    clock.setTo(Date.now() - TURNED_AGO_MS);
    await turnOne(engine, lab, dataFolder);
    decide(engine, rowsOf(dataFolder, 'to-triage'));
    clock.setTo(Date.now());
  } finally {
    await engine.close();
    await lab.close();
  }
}

/** Runs as fast as the real one, so far behind it as was set last; the lab's VirusTotal finishes its analyses by it. */
class PastClock implements Clock {
  #behindMs = 0;

  setTo(ms: number): void {
    this.#behindMs = Date.now() - ms;
  }
  now(): number {
    return Date.now() - this.#behindMs;
  }
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return systemClock.wait(ms, signal);
  }
}

interface Hour {
  readonly endsAt: number;
  readonly lines: readonly string[];
}

/** All but the newest minutes, oldest first. */
function hoursOf(lab: Lab): readonly Hour[] {
  const until = Date.now() - READ_LIVE_MS;
  const alerts = datedFiles(lab, 'json')
    .flatMap(({ bytes }) => bytes.toString('utf8').split('\n').filter(Boolean))
    .map((line) => ({ line, at: timeOf(line) }))
    .filter(({ at }) => at < until);
  return [...Map.groupBy(alerts, ({ at }) => Math.floor(at / HOUR_MS))]
    .toSorted(([a], [b]) => a - b)
    .map(([hour, inHour]) => ({
      endsAt: Math.min((hour + 1) * HOUR_MS, until),
      lines: inHour.map(({ line }) => line),
    }));
}

/** `2026-11-21T09:00:00.000+0000`, near the beginning of each line. */
function timeOf(line: string): number {
  const [, time = ''] = /"timestamp":"([^"+]+)/.exec(line) ?? [];
  return Date.parse(`${time}Z`);
}

async function judge({ store, queue, clock }: Engine, lines: readonly string[]): Promise<void> {
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const signal = AbortSignal.timeout(60_000);
  const name = 'alerts.json';
  const sourceId = store.sources.add({
    profile: 'lab',
    path: name,
    format: 'json',
    isFollowed: false,
    readsArchives: false,
  });
  await importAlerts({
    input: { name, stream: piecesOf(bytes), sizeBytes: bytes.length },
    sourceId,
    journal: store.journal,
    clock,
    signal,
    onProgress: () => undefined,
  });
  queue.wake();
  await queue.whenIdle({ signal, patienceMs: 5000 });
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A file that was dropped somewhere and was clean is known as malicious now. */
async function turnOne({ store, queue }: Engine, lab: Lab, dataFolder: string): Promise<void> {
  const dropped = rowsOf(dataFolder, 'everything').filter(
    ({ standing, path }) => standing === 'clean' && /^(\/srv|\/home|\/tmp|\/var\/www|C:\\Users)/i.test(path),
  );
  for (const { fileId, sha256 } of dropped) {
    if (sha256 === null || !lab.virustotal.control.changeVerdict(sha256, 23)) continue;
    store.files.askNow(fileId);
    queue.wake();
    while (rowsOf(dataFolder, 'turned').length === 0) await wait(20);
    return;
  }
}

/** The newest stay new; the others were looked at. */
function decide({ store }: Engine, rows: readonly DetectionRow[]): void {
  const decisions = [
    ['investigating', 'Asked the owner of the machine.'],
    ['resolved', 'Deleted, machine scanned.'],
    ['resolved', 'Deleted by the agent’s antivirus.'],
    ['false-positive', 'Our own build, signed.'],
  ] as const;
  for (const [index, { fileId }] of rows.slice(5).entries()) {
    const [state, note] = decisions[index % decisions.length] ?? decisions[0];
    store.files.triage(fileId, state, note);
  }
}

function rowsOf(dataFolder: string, view: View): readonly DetectionRow[] {
  const db = openReadOnly(dataFolder);
  try {
    const filter = { ...EVERYTHING, view };
    return listFiles(db, { filter, sort: 'activity', direction: 'descending', cursor: null, limit: 500 })
      .rows;
  } finally {
    db.close();
  }
}
