import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { localAlertFiles } from '../../../src-main/alerts/local-alert-files.ts';
import { watchNothing } from '../../../src-main/alerts/watch-file.ts';
import { aFimJsonLine, aFimTextAlert } from '../../builders/alert-lines.ts';
import { forbid } from '../../builders/forbidden-file.ts';
import { aFollower, followedAlerts } from '../../builders/followed-alerts.ts';
import { MemoryJournal } from '../../builders/memory-journal.ts';
import { until } from '../../builders/until.ts';

const HOUR = 3_600_000;
const neverPolling = { pollMs: [HOUR, HOUR] } as const;

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-live-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a new line reaches the journal by a file event alone', async () => {
  const path = join(aFolder(), 'alerts.json');
  const journal = new MemoryJournal();
  writeFileSync(path, '');
  const follower = aFollower(path, journal, neverPolling);
  await until(() => expect(follower.status.state).toBe('following'));
  for (let number = 1; number <= 3; number += 1) {
    appendFileSync(path, `${aFimJsonLine(number)}\n`);
    await until(() => expect(journal.lines).toHaveLength(number));
  }
  expect(follower.status.lagMs).toBeGreaterThanOrEqual(0);
  expect(follower.status).toMatchObject({ format: 'json', bytesBehind: 0, counts: { fimEvents: 3 } });
});

test('events go on after the day change, though the manager writes through the dated name in another folder', async () => {
  const { world, journal, lines } = followedAlerts();
  const follower = aFollower(world.live, journal, neverPolling);
  await until(() => expect(follower.status.state).toBe('following'));
  world.append(lines(1));
  await until(() => expect(journal.lines).toHaveLength(1));
  world.rotateByDay();
  world.append(lines(1));
  await vi.waitFor(() => expect(journal.lines).toHaveLength(2), { timeout: 10_000 });
  world.append(lines(1));
  await until(() => expect(journal.lines).toHaveLength(3));
});

test('the first line of a new day is heard of although the file was empty when its name was given', async () => {
  const { world, journal, lines } = followedAlerts();
  const follower = aFollower(world.live, journal, neverPolling);
  world.append(lines(1));
  await until(() => expect(journal.lines).toHaveLength(1));
  world.rotateByDay();
  await until(() => expect(follower.status.state).toBe('following'));
  world.append(lines(1));
  await vi.waitFor(() => expect(journal.lines).toHaveLength(2), { timeout: 10_000 });
});

test('where the file system has no events, polling brings new lines', async () => {
  const { world, journal, lines } = followedAlerts();
  aFollower(world.live, journal, { host: { ...localAlertFiles, watch: watchNothing }, pollMs: [10, 20] });
  for (let number = 1; number <= 3; number += 1) {
    world.append(lines(1));
    await until(() => expect(journal.lines).toHaveLength(number));
  }
});

test('a file that is missing is waited for, and read from its beginning when it appears', async () => {
  const path = join(aFolder(), 'alerts.json');
  const journal = new MemoryJournal();
  const follower = aFollower(path, journal, neverPolling);
  await until(() => expect(follower.status.state).toBe('missing'));
  expect(follower.status.error).toMatchObject({ code: 'alerts.missing' });
  writeFileSync(path, `${aFimJsonLine(1)}\n`);
  await until(() => expect(journal.lines).toHaveLength(1));
  expect(follower.status).toMatchObject({ state: 'following', error: null });
});

test('a folder in place of the file is named as such', async () => {
  const path = join(aFolder(), 'alerts.json');
  mkdirSync(path);
  const follower = aFollower(path, new MemoryJournal());
  await until(() => expect(follower.status.state).toBe('unreadable'));
  expect(follower.status.error).toMatchObject({ code: 'alerts.is-a-folder' });
});

test('a file that may not be read names the group to join, and is read once it is allowed', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const all = lines(1);
  world.append(all);
  const cursor = start();
  const allow = forbid(world.live);
  await cursor.step();
  expect(cursor.status).toMatchObject({ state: 'unreadable', error: { code: 'alerts.not-allowed' } });
  expect(cursor.status.error?.remedy).toMatch(/sudo usermod -aG \S+ \S+/);
  allow();
  await readAll(cursor);
  expect(journal.lines).toEqual(all);
});

test('an alert in the text form is complete when nothing follows it for a while', async () => {
  const folder = aFolder();
  const path = join(folder, 'alerts.log');
  const { clock, journal, start } = followedAlerts();
  writeFileSync(path, aFimTextAlert(1));
  const cursor = start({ path });
  const first = await cursor.step();
  const early = journal.lines.length;
  await clock.advance(1_000);
  await cursor.step();
  appendFileSync(path, aFimTextAlert(2) + aFimTextAlert(3));
  await cursor.step();
  await clock.advance(1_000);
  await cursor.step();
  expect(first.waitMs === null || first.waitMs <= 1_000).toBe(true);
  expect(early).toBeLessThanOrEqual(1);
  expect(journal.batches.flatMap(({ records }) => records.map(({ alert }) => alert.alertId))).toEqual([
    '1795251600.1',
    '1795251600.2',
    '1795251600.3',
  ]);
  expect(cursor.status.format).toBe('log');
});

test('a journal that refuses stops the source with the reason, is tried again ever more slowly, and loses nothing', async () => {
  const { clock, world, journal, lines, start } = followedAlerts();
  const cursor = start();
  await cursor.step();
  const all = lines(3);
  world.append(all.slice(0, 2));
  journal.refuseNext(new Error('disk full'), new Error('disk full'));
  const first = await cursor.step();
  world.append(all.slice(2));
  const second = await cursor.step();
  expect(cursor.status).toMatchObject({ state: 'stopped', error: { code: 'alerts.not-stored' } });
  expect([first.next, second.next]).toEqual(['retry', 'retry']);
  expect(second.waitMs).toBeGreaterThan(first.waitMs ?? Infinity);
  await clock.advance(second.waitMs ?? 0);
  await cursor.step();
  expect(journal.lines).toEqual(all);
  expect(cursor.status).toMatchObject({ state: 'following', error: null });
});

test('stopping in the middle of a backlog does not wait for its end, and the rest is read later', async () => {
  const path = join(aFolder(), 'alerts.json');
  const lines = Array.from({ length: 40_000 }, (_, number) => aFimJsonLine(number));
  writeFileSync(path, `${lines.join('\n')}\n`);
  const journal = new MemoryJournal();
  const follower = aFollower(path, journal);
  await until(() => expect(journal.batches.length).toBeGreaterThan(1));
  await follower.stop();
  const readBefore = journal.lines.length;
  expect(follower.status.state).toBe('stopped');
  expect(readBefore).toBeLessThan(lines.length);
  aFollower(path, journal);
  await vi.waitFor(() => expect(journal.lines).toHaveLength(lines.length), { timeout: 30_000 });
  expect(journal.lines).toEqual(lines);
});

test('the lag is the time from the append to the commit', async () => {
  const { clock, world, lines, start } = followedAlerts();
  const cursor = start();
  await cursor.step();
  world.append(lines(1));
  await clock.advance(420);
  await cursor.step();
  expect(cursor.status).toMatchObject({ lagMs: 420, lastAlertAt: '2026-11-21T09:00:00.000Z' });
});
