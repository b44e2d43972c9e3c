import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { importAlerts, type ImportProgress } from '../../../src-main/alerts/import-alerts.ts';
import type { ImportInput } from '../../../src-main/alerts/import-input.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import { aFimJsonLine, aFimTextAlert } from '../../builders/alert-lines.ts';
import { MemoryJournal } from '../../builders/memory-journal.ts';

const captured = new URL('../../fixtures/wazuh-4.14.7/alerts.json', import.meta.url).pathname;

function aFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function anImport(input: ImportInput, journal: MemoryJournal, controller = new AbortController()) {
  const progress: ImportProgress[] = [];
  const counts = importAlerts({
    input,
    sourceId: 1,
    journal,
    clock: systemClock,
    signal: controller.signal,
    onProgress: (step) => progress.push(step),
  });
  return { counts, progress };
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const lines = Array.from({ length: 200 }, (_, number) => aFimJsonLine(number));
const text = Buffer.from(`${lines.join('\n')}\n`);

test('a plain file, the same compressed, and the same as a stream of any pieces yield the same', async () => {
  const inputs: ImportInput[] = [
    { path: aFile('alerts.json', text) },
    { path: aFile('ossec-alerts-21.json.gz', gzipSync(text)) },
    { path: aFile('compressed-under-a-plain-name.json', gzipSync(text)) },
    {
      path: aFile(
        'two-members.gz',
        Buffer.concat([gzipSync(text.subarray(0, 999)), gzipSync(text.subarray(999))]),
      ),
    },
    { name: 'dropped.json', stream: inPieces(text, 7), sizeBytes: text.length },
    { name: 'dropped.json.gz', stream: inPieces(gzipSync(text), 100), sizeBytes: null },
  ];
  for (const input of inputs) {
    const journal = new MemoryJournal();
    const counts = await anImport(input, journal).counts;
    expect(journal.lines).toEqual(lines);
    expect(counts).toMatchObject({ alerts: 200, fimEvents: 200, known: 0, malformed: 0, bytes: text.length });
  }
});

test('the captured file of a real manager is read to its last byte with nothing malformed', async () => {
  const { counts, progress } = anImport({ path: captured }, new MemoryJournal());
  const size = readFileSync(captured).length;
  expect(await counts).toMatchObject({ alerts: 174, malformed: 0, bytes: size });
  expect(progress.at(-1)).toMatchObject({ bytesRead: size, bytesTotal: size });
});

test('the text form is recognised, and its last alert is complete at the end of the file', async () => {
  const journal = new MemoryJournal();
  const path = aFile('anything', aFimTextAlert(1) + aFimTextAlert(2));
  expect(await anImport({ path }, journal).counts).toMatchObject({ alerts: 2, fimEvents: 2, malformed: 0 });
  expect(journal.batches[0]).toMatchObject({ format: 'log', position: null });
});

test('a file that ends in the middle of a line counts it as malformed', async () => {
  const journal = new MemoryJournal();
  const path = aFile('alerts.json', text.subarray(0, text.length - 20));
  expect(await anImport({ path }, journal).counts).toMatchObject({ fimEvents: 199, malformed: 1 });
  expect(journal.malformed).toMatchObject([{ reason: 'truncated' }]);
});

test('a compressed file that ends in the middle yields what it holds and tells the loss', async () => {
  const journal = new MemoryJournal();
  const noise = Array.from({ length: 3_000 }, (_, number) => aFimJsonLine(number * 7919)).join('\n');
  const whole = gzipSync(`${noise}\n`);
  const { counts } = anImport({ path: aFile('old.gz', whole.subarray(0, whole.length - 2_000)) }, journal);
  expect((await counts).fimEvents).toBeGreaterThan(1_000);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('old.gz is damaged') }]);
});

test('an empty file and a file without alerts are no failures', async () => {
  const journal = new MemoryJournal();
  expect(await anImport({ path: aFile('empty.json', '') }, journal).counts).toMatchObject({ alerts: 0 });
  const noise = await anImport({ path: aFile('noise', 'hello\nworld\n') }, journal).counts;
  expect(noise).toMatchObject({ alerts: 0, malformed: 2 });
});

test('a cancelled import ends between two reads and keeps what was read', async () => {
  const controller = new AbortController();
  const journal = new MemoryJournal();
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; ; piece += 1) {
      if (piece === 50) controller.abort();
      yield Buffer.from(Array.from({ length: 100 }, (_, n) => `${aFimJsonLine(piece * 100 + n)}\n`).join(''));
    }
  }
  const stream = endless();
  const input = { name: 'endless', stream, sizeBytes: null };
  const counts = await anImport(input, journal, controller).counts;
  expect(counts.fimEvents).toBe(5_000);
  expect(journal.lines).toHaveLength(5_000);
  expect(await stream.next()).toMatchObject({ done: true });
});

test('what came through a pipe is committed when it falls quiet, and cancelling does not wait for it', async () => {
  const controller = new AbortController();
  const journal = new MemoryJournal();
  const never = Promise.withResolvers<never>();
  async function* quiet(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${aFimJsonLine(1)}\n${aFimJsonLine(2)}\n${aFimJsonLine(3).slice(0, 40)}`);
    yield await never.promise;
  }
  const input = { name: 'pipe', stream: quiet(), sizeBytes: null };
  const { counts, progress } = anImport(input, journal, controller);
  await vi.waitFor(() => expect(journal.lines).toHaveLength(2), { timeout: 20_000 });
  expect(progress).toHaveLength(1);
  controller.abort();
  expect(await counts).toMatchObject({ fimEvents: 2, malformed: 0 });
});

test('importing the same file twice changes nothing the second time', async () => {
  const journal = new MemoryJournal();
  const path = aFile('alerts.json', text);
  await anImport({ path }, journal).counts;
  expect(await anImport({ path }, journal).counts).toMatchObject({ fimEvents: 200, known: 200 });
});

test('what stands in the way is said with what to do', async () => {
  const folder = join(aFile('x', ''), '..', 'folder');
  mkdirSync(folder);
  const missing = anImport({ path: join(folder, 'nothing.json') }, new MemoryJournal()).counts;
  await expect(missing).rejects.toMatchObject({
    code: 'alerts.missing',
    remedy: expect.stringContaining('Check the path'),
  });
  const isFolder = anImport({ path: folder }, new MemoryJournal()).counts;
  await expect(isFolder).rejects.toMatchObject({ code: 'alerts.is-a-folder' });
  const full = new MemoryJournal();
  full.refuseNext(new Error('disk full'));
  await expect(anImport({ path: aFile('alerts.json', text) }, full).counts).rejects.toMatchObject({
    code: 'alerts.not-stored',
    remedy: expect.stringContaining('import it again'),
  });
});
