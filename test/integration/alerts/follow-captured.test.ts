import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importAlerts } from '../../../src-main/alerts/import-alerts.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import { followedAlerts } from '../../builders/followed-alerts.ts';
import { MemoryJournal } from '../../builders/memory-journal.ts';

const captured = (name: string) => new URL(`../../fixtures/wazuh-4.14.7/${name}`, import.meta.url).pathname;

async function importedFrom(path: string): Promise<MemoryJournal> {
  const journal = new MemoryJournal();
  await importAlerts({
    input: { path },
    sourceId: 1,
    journal,
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return journal;
}

const recordsOf = ({ batches }: MemoryJournal) =>
  batches.flatMap(({ records }) => records.map(({ alert, offset }) => ({ alert, offset })));

test.each(['alerts.json', 'alerts.log'])(
  'a real %s that grows by odd pieces, with a restart now and then, yields what reading it at once yields',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-captured-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, name);
    const { journal, start, readAll } = followedAlerts();
    const bytes = readFileSync(captured(name));
    writeFileSync(path, '');
    let cursor = start({ path });
    for (let from = 0; from < bytes.length; from += 997) {
      appendFileSync(path, bytes.subarray(from, from + 997));
      await cursor.step();
      if (from % 7 !== 0) continue;
      cursor.close();
      cursor = start({ path });
    }
    await readAll(cursor);
    const atOnce = await importedFrom(captured(name));
    expect(recordsOf(journal)).toEqual(recordsOf(atOnce));
    expect(journal.malformed).toEqual([]);
    expect(journal.bytes).toBe(bytes.length);
  },
);
