import { chmodSync, readFileSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { forbid } from '../../builders/forbidden-file.ts';
import { followedAlerts } from '../../builders/followed-alerts.ts';

/** Some lines read, then days pass: yesterday's file is compressed, there are chunks, and a live file. */
async function afterDaysAway() {
  const bench = followedAlerts();
  const { world, lines, start, readAll } = bench;
  const days = [lines(4), lines(2), lines(3), lines(2)];
  world.append(days[0]?.slice(0, 2) ?? []);
  const before = start();
  await readAll(before);
  before.close();
  world.append(days[0]?.slice(2) ?? []);
  world.rotateByDay();
  world.append(days[1] ?? []);
  world.rotateBySize();
  world.append(days[2] ?? []);
  world.rotateByDay();
  world.append(days[3] ?? []);
  return { ...bench, all: days.flat() };
}

test('after days away the rest of the old file, the archives and the live file are read in order', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  const cursor = start();
  await readAll(cursor);
  expect(journal.lines).toEqual(all);
  expect(journal.losses).toEqual([]);
  expect(cursor.status).toMatchObject({ state: 'following', bytesBehind: 0 });
  expect(journal.position(1)?.inode).toBe(world.current.inode);
});

test('archives that were compressed meanwhile are found by their first bytes', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  world.endLateLines();
  for (let day = 0; day < 3; day += 1) world.compress(0);
  await readAll(start());
  expect(journal.lines).toEqual(all);
  expect(journal.losses).toEqual([]);
});

test('a restart in the middle of a compressed archive goes on behind the last alert that was stored', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  world.endLateLines();
  for (let day = 0; day < 3; day += 1) world.compress(0);
  for (let steps = 0; steps < 12; steps += 1) {
    const cursor = start();
    await cursor.step();
    cursor.close();
  }
  await readAll(start());
  expect(journal.lines).toEqual(all);
});

test('a removed archive is told as a loss, and what is left is read', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  unlinkSync(world.files[0]?.datedPath ?? '');
  await readAll(start());
  expect(journal.lines).toEqual([...all.slice(0, 2), ...all.slice(4)]);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('was removed or rewritten') }]);
});

test('a day without an archive between two others is told', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  unlinkSync(world.files[1]?.datedPath ?? '');
  unlinkSync(world.files[2]?.datedPath ?? '');
  await readAll(start());
  expect(journal.lines).toEqual([...all.slice(0, 4), ...all.slice(9)]);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('no archive of 2026-11-22') }]);
});

test('a missing chunk of a day is told', async () => {
  const { world, journal, start, readAll } = await afterDaysAway();
  unlinkSync(world.files[1]?.datedPath ?? '');
  await readAll(start());
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('1 file(s) of 2026-11-22') }]);
});

test('a compressed archive that ends in the middle yields what it holds, tells the loss, and reading goes on', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  world.endLateLines();
  for (let day = 0; day < 3; day += 1) world.compress(0);
  const damaged = `${world.files[2]?.datedPath}.gz`;
  expect(gunzipSync(readFileSync(damaged)).length).toBeGreaterThan(0);
  truncateSync(damaged, statSync(damaged).size - 30);
  await readAll(start());
  expect(journal.lines).toEqual(expect.arrayContaining([...all.slice(0, 6), ...all.slice(9)]));
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('is damaged') }]);
});

test('an archive that may not be read is passed over and told, so that following goes on', async () => {
  const { world, journal, start, readAll, all } = await afterDaysAway();
  chmodSync(dirname(world.live), 0o755);
  const allow = forbid(world.files[1]?.datedPath ?? '');
  await readAll(start());
  allow();
  expect(journal.lines).toEqual([...all.slice(0, 4), ...all.slice(6)]);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('was passed over') }]);
});

test('a first start reads the live file only, or every day that is there when asked to', async () => {
  const { world, lines, journal, start, readAll } = followedAlerts();
  const [old, today] = [lines(2), lines(2)];
  world.append(old);
  world.rotateByDay();
  world.append(today);
  await readAll(start({ sourceId: 1 }));
  expect(journal.lines).toEqual(today);
  await readAll(start({ sourceId: 2, archives: true }));
  expect(journal.lines.slice(2)).toEqual([...old, ...today]);
});

test('a file that was followed while empty is found again after it was rotated away', async () => {
  const { world, lines, journal, start, readAll } = followedAlerts();
  const cursor = start();
  await cursor.step();
  cursor.close();
  const [yesterday, today] = [lines(2), lines(1)];
  world.append(yesterday);
  world.rotateByDay();
  world.append(today);
  await readAll(start());
  expect(journal.lines).toEqual([...yesterday, ...today]);
});

test('another file under the inode of the old one is not taken for it', async () => {
  const { world, lines, journal, start, readAll } = followedAlerts();
  const [before, after] = [lines(2), lines(5)];
  world.append(before);
  const cursor = start();
  await readAll(cursor);
  cursor.close();
  world.cut(2);
  world.append(after);
  await readAll(start());
  expect(journal.lines).toEqual([...before, ...after]);
  expect(journal.losses).toHaveLength(1);
});

test.each([
  { what: 'that moved to another disk', keepsOld: false },
  { what: 'that an editor saved as a new file', keepsOld: true },
])('a live file $what is known by its first bytes', async ({ keepsOld }) => {
  const { world, lines, journal, start, readAll } = followedAlerts();
  const all = lines(4);
  world.append(all.slice(0, 2));
  const cursor = start();
  await readAll(cursor);
  cursor.close();
  world.append(all.slice(2));
  const content = readFileSync(world.live);
  rmSync(world.live);
  if (!keepsOld) rmSync(world.current.datedPath);
  writeFileSync(world.live, content);
  await readAll(start());
  expect(journal.lines).toEqual(all);
  expect(journal.losses).toEqual([]);
});

test('the remembered first bytes grow with a file that was short at first', async () => {
  const { world, lines, journal, start, readAll } = followedAlerts();
  const cursor = start();
  world.append(lines(1));
  await readAll(cursor);
  const short = journal.position(1)?.headLength ?? 0;
  world.append(lines(20));
  await readAll(cursor);
  expect(short).toBeLessThan(4096);
  expect(journal.position(1)?.headLength).toBe(4096);
});
