import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IntegrationLog } from '../../../src-main/virustotal/integration-log.ts';
import { LogFolder } from '../../../src-main/virustotal/log-folder.ts';
import type { OutboxStore } from '../../../src-main/virustotal/lookup-store.ts';
import { runUntilCommitPoint } from '../../builders/commit-points.ts';
import { aHash } from '../../builders/lookup-bench.ts';

let folder: string;
let outbox: InMemoryOutbox;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-log-'));
  outbox = new InMemoryOutbox();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

class InMemoryOutbox implements OutboxStore {
  #lines: { readonly id: number; readonly line: string }[] = [];
  #nextId = 1;
  #length = 0;

  add(...lines: string[]): void {
    for (const line of lines) this.#lines.push({ id: this.#nextId++, line });
  }
  pending(limit: number) {
    return this.#lines.slice(0, limit);
  }
  logLength(): number {
    return this.#length;
  }
  confirm(id: number, logLength: number): void {
    this.#lines = this.#lines.filter((line) => line.id > id);
    this.#length = logLength;
  }
}

function logged(name = 'integration.log', dataFolder = folder): string {
  return readFileSync(join(dataFolder, name), 'utf8');
}

/** All lines of all files, oldest first. */
function allLines(dataFolder: string): string[] {
  const names = readdirSync(dataFolder).filter((name) => name.startsWith('integration.log'));
  const byAge = names.toSorted((a, b) => Number(b.split('.')[2] ?? 0) - Number(a.split('.')[2] ?? 0));
  return byAge.flatMap((name) => logged(name, dataFolder).split('\n').slice(0, -1));
}

test('lines are appended in order, and the file is readable by its owner only', () => {
  const log = new IntegrationLog(folder, outbox);
  outbox.add('{"a":1}', '{"b":2}');
  expect(log.flush()).toBe(2);
  outbox.add('{"c":3}');
  log.close();
  expect(logged()).toBe('{"a":1}\n{"b":2}\n{"c":3}\n');
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
  expect(outbox.pending(10)).toEqual([]);
});

test('what a dead process wrote without confirming is cut off and written once', () => {
  outbox.add('{"a":1}');
  new IntegrationLog(folder, outbox).flush();
  appendFileSync(join(folder, 'integration.log'), '{"b":2}\n{"c"');
  outbox.add('{"b":2}', '{"c":3}');
  new IntegrationLog(folder, outbox).flush();
  expect(logged()).toBe('{"a":1}\n{"b":2}\n{"c":3}\n');
});

test('a file emptied or taken away from outside is begun anew', () => {
  const log = new IntegrationLog(folder, outbox);
  outbox.add('{"a":1}');
  log.flush();
  truncateSync(log.path, 0);
  outbox.add('{"b":2}');
  log.flush();
  expect(logged()).toBe('{"b":2}\n');
  rmSync(log.path);
  outbox.add('{"c":3}');
  log.flush();
  expect(logged()).toBe('{"c":3}\n');
});

test('a file cut in the middle of a line from outside keeps its lines apart', () => {
  const log = new IntegrationLog(folder, outbox);
  outbox.add('{"a":1}', '{"b":2}');
  log.flush();
  truncateSync(log.path, 11);
  outbox.add('{"c":3}');
  log.flush();
  expect(logged()).toBe('{"a":1}\n{"b\n{"c":3}\n');
});

test('lines of another program are left alone while we run', () => {
  const log = new IntegrationLog(folder, outbox);
  outbox.add('{"a":1}');
  log.flush();
  appendFileSync(log.path, '{"foreign":1}\n');
  outbox.add('{"b":2}');
  log.flush();
  expect(logged()).toBe('{"a":1}\n{"foreign":1}\n{"b":2}\n');
});

test('a full file is put aside, and only so many old ones are kept', () => {
  const log = new IntegrationLog(folder, outbox, { rotateAtBytes: 10, keptFiles: 2 });
  for (const line of ['first line', 'second line', 'third line', 'fourth line']) {
    outbox.add(line);
    log.flush();
  }
  expect(readdirSync(folder).toSorted()).toEqual([
    'integration.log',
    'integration.log.1',
    'integration.log.2',
  ]);
  expect([logged(), logged('integration.log.1'), logged('integration.log.2')]).toEqual([
    'fourth line\n',
    'third line\n',
    'second line\n',
  ]);
});

test('lines that cannot be written stay in the outbox and are told about', async () => {
  const troubles: unknown[] = [];
  const told = new Promise<void>((resolve) => {
    const blocked = new LogFolder(join(folder, 'no-such-folder', 'integration.log'));
    const onTrouble = (error: unknown) => {
      troubles.push(error);
      resolve();
    };
    const log = new IntegrationLog(folder, outbox, { onTrouble }, blocked);
    outbox.add('{"a":1}');
    log.schedule();
  });
  await told;
  expect(troubles).toMatchObject([{ code: 'integration-log.unwritable' }]);
  expect(outbox.pending(10)).toHaveLength(1);
});

test('killed at any step of settling, appending and rotating, each line is there exactly once', async () => {
  const child = new URL('appending-child.ts', import.meta.url);
  const files = 3;
  const expected = Array.from({ length: files }, (_, index) => aHash(`file ${index}`).hex);
  const dieAndRecover = async (point: number) => {
    const data = join(folder, `killed-at-${point}`);
    const environment = { DATA_FOLDER: data, FILES: String(files) };
    const end = await runUntilCommitPoint(child, point, environment);
    // Killed a second time, early in its recovery, then left alone.
    if (end === 'killed') await runUntilCommitPoint(child, 1 + (point % 4), environment);
    await runUntilCommitPoint(child, 0, environment);
    const lines = allLines(data);
    const counts = expected.map((hex) => lines.filter((line) => line.includes(hex)).length);
    expect({ point, counts, lines: lines.length }).toEqual({ point, counts: [1, 1, 1], lines: files });
    return end;
  };
  let point = 0;
  for (let ends = ['killed']; ends.every((end) => end === 'killed'); point += 4) {
    ends = await Promise.all([1, 2, 3, 4].map((offset) => dieAndRecover(point + offset)));
  }
  expect(point).toBeGreaterThan(12);
}, 120_000);
