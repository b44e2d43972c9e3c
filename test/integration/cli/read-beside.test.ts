import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { importAlerts } from '../../../src-main/alerts/import-alerts.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import { ReadingThread } from '../../../src-main/app/reading-thread.ts';
import { readBeside } from '../../../src-main/cli/runs/read-beside.ts';
import type { ReadingLoss } from '../../../src-main/alerts/alert-journal.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { readSourceAlert } from '../../../src-main/store/queries/sightings.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimJsonLine, aFimTextAlert } from '../../builders/alert-lines.ts';

type AStore = ReturnType<typeof aStore>;

const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url).pathname;

function aFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-reading-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function aThread(): ReadingThread {
  const thread = new ReadingThread();
  onTestFinished(() => thread.close());
  return thread;
}

const never = new AbortController().signal;

async function readInOneThread(store: AStore, path: string) {
  const losses: ReadingLoss[] = [];
  const counts = await importAlerts({
    input: { path },
    sourceId: store.sourceId,
    journal: {
      position: () => null,
      commit: (batch, nowMs) => {
        losses.push(...batch.losses);
        return store.bulkJournal.commit(batch, nowMs);
      },
    },
    clock: systemClock,
    signal: never,
    onProgress: () => undefined,
  });
  store.bulkJournal.finish();
  return { counts, losses };
}

async function readInTwoThreads(store: AStore, path: string, thread = aThread(), signal = never) {
  const losses: ReadingLoss[] = [];
  const counts = await readBeside(thread, {
    path,
    format: 'auto',
    sourceId: store.sourceId,
    journal: store.bulkJournal,
    signal,
    onLosses: (told) => losses.push(...told),
    onProgress: () => undefined,
  });
  store.bulkJournal.finish();
  return { counts, losses };
}

/** Every row but for the moments of its making and the cut of blocks, and every event's source alert. */
function rowsOf({ folder }: AStore) {
  const db = openReadOnly(folder);
  try {
    const all = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
    const tables = all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'path_text%'
      AND name NOT LIKE 'sqlite_%' AND name NOT IN ('alert_block', 'setting') ORDER BY name`);
    const rows = tables.map(({ name }) => [name, all(`SELECT * FROM ${String(name)}`).map(withoutMoments)]);
    const events = all('SELECT id FROM event ORDER BY id');
    return { rows, alerts: events.map(({ id }) => readSourceAlert(db, Number(id))) };
  } finally {
    db.close();
  }
}

const MOMENTS = new Set(['queued_ms', 'found_ms', 'block_id', 'block_offset']);

function withoutMoments(row: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !MOMENTS.has(name)));
}

/** A batch ends after 8 MiB: here something is wrong right before, at and behind that border. */
function damagedAtTheBorder(): string {
  const lines: string[] = [];
  let length = 0;
  for (let number = 0; length < 20 * 1024 * 1024; number += 1) {
    const padding = 'x'.repeat(20_000);
    const line =
      number % 7 === 3
        ? `{"timestamp":"broken ${number} ${padding}`
        : aFimJsonLine(number).replace('{', `{"a":"${padding}",`);
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}

const hostile = [
  aFimJsonLine(1).replace('/srv/files/1', String.raw`\ud800\u0000'; DROP TABLE event; --`),
  aFimJsonLine(2).replace('web-01', String.raw`\udfff__proto__`),
  Buffer.concat([
    Buffer.from(aFimJsonLine(3).split('/srv/files/3')[0] ?? ''),
    Buffer.from([0x2f, 0xff, 0xfe, 0x80]),
    Buffer.from(aFimJsonLine(3).split('/srv/files/3')[1] ?? ''),
  ]),
  '{"half":',
  Buffer.from([0, 0, 0]),
  '"just text"',
  aFimJsonLine(1),
].map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')]));

const noise = Array.from({ length: 3_000 }, (_, number) => `${aFimJsonLine(number * 7919)}\n`).join('');
const zipped = gzipSync(noise);

const files: readonly [string, () => string][] = [
  ...['3.3', '3.4', '3.11', '3.13', '4.14.7'].flatMap((version) =>
    ['alerts.json', 'alerts.log'].map((name): [string, () => string] => [
      `${name} of ${version}`,
      () => fixture(`wazuh-${version}/${name}`),
    ]),
  ),
  ['a text file', () => aFile('alerts.log', aFimTextAlert(1) + aFimTextAlert(2) + aFimTextAlert(1))],
  ['hostile lines', () => aFile('alerts.json', Buffer.concat(hostile))],
  ['lines damaged around the border of a batch', () => aFile('alerts.json', damagedAtTheBorder())],
  [
    'a compressed file that ends in the middle',
    () => aFile('old.gz', zipped.subarray(0, zipped.length - 2_000)),
  ],
  ['an empty file', () => aFile('alerts.json', '')],
];

test.each(files)('two threads leave the rows that one leaves: %s', async (_, fileOf) => {
  const path = fileOf();
  const [one, two] = [aStore(), aStore()];
  const told = await readInOneThread(one, path);
  expect(await readInTwoThreads(two, path)).toEqual(told);
  expect(rowsOf(two)).toEqual(rowsOf(one));
});

test('a file that was begun before the store was open is read once, and the next one after it', async () => {
  const [one, two] = [aStore(), aStore()];
  const paths = [fixture('wazuh-4.14.7/alerts.json'), fixture('wazuh-3.13/alerts.log')];
  const thread = aThread();
  thread.begin({ path: paths[0] ?? '', format: 'auto' });
  for (const path of paths) {
    const told = await readInOneThread(one, path);
    expect(await readInTwoThreads(two, path, thread)).toEqual(told);
  }
  expect(rowsOf(two)).toEqual(rowsOf(one));
});

test('reading a file again changes nothing and keeps no second copy of its alerts', async () => {
  const store = aStore();
  const thread = aThread();
  const path = fixture('wazuh-4.14.7/alerts.json');
  const { counts } = await readInTwoThreads(store, path, thread);
  const before = rowsOf(store).alerts;
  expect((await readInTwoThreads(store, path, thread)).counts).toEqual({
    ...counts,
    known: counts.fimEvents,
  });
  expect(rowsOf(store).alerts).toEqual(before);
  const db = openReadOnly(store.folder);
  expect(db.prepare('SELECT count(*) FROM alert_block').pluck().get()).toBe(1);
  db.close();
});

test('cancelling ends the reading between two reads and keeps what was read', async () => {
  const store = aStore();
  const path = aFile(
    'alerts.json',
    Array.from({ length: 60_000 }, (_, n) => `${aFimJsonLine(n)}\n`).join(''),
  );
  const controller = new AbortController();
  let counted = 0;
  const thread = aThread();
  const counts = await readBeside(thread, {
    path,
    format: 'json',
    sourceId: store.sourceId,
    journal: store.bulkJournal,
    signal: controller.signal,
    onLosses: () => undefined,
    onProgress: ({ counts: { fimEvents } }) => {
      counted = fimEvents;
      controller.abort();
    },
  });
  store.bulkJournal.finish();
  expect(counts).toMatchObject({ malformed: 0, fimEvents: counted });
  expect(counts.fimEvents).toBeLessThan(60_000);
  expect(store.tallies().fim_events).toBe(counts.fimEvents);
});

test('what cannot be read is explained as in one thread', async () => {
  const store = aStore();
  const missing = readInTwoThreads(store, join(store.folder, 'nothing.json'));
  await expect(missing).rejects.toMatchObject({ code: 'alerts.missing' });
  await expect(readInTwoThreads(store, store.folder)).rejects.toMatchObject({ code: 'alerts.is-a-folder' });
});

test('a store that cannot take more ends the reading, and what it could not take is not there', async () => {
  const store = aStore();
  const path = aFile('alerts.json', noise.repeat(20));
  const thread = aThread();
  const reading = readInTwoThreads({ ...store, sourceId: 999 }, path, thread);
  await expect(reading).rejects.toMatchObject({ code: 'alerts.not-stored' });
  await thread.close();
  expect(store.tallies().fim_events).toBe(0);
});
