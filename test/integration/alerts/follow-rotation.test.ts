import { appendFileSync, linkSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { followedAlerts } from '../../builders/followed-alerts.ts';

test('at the day change lines that reach the old file late are read before those of the new one', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [early, late, next] = [lines(1), lines(1), lines(1)];
  world.append(early);
  const cursor = start();
  await readAll(cursor);
  world.rotateByDay();
  world.append(next);
  await cursor.step();
  world.appendLate(late);
  await readAll(cursor);
  expect(journal.lines).toEqual([...early, ...late, ...next]);
  expect(journal.losses).toEqual([]);
});

test('an old file is not left while the new one is still empty', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [early, muchLater] = [lines(1), lines(1)];
  world.append(early);
  const cursor = start();
  await readAll(cursor);
  world.rotateByRename();
  await readAll(cursor);
  world.appendLate(muchLater);
  await readAll(cursor);
  expect(journal.lines).toEqual([...early, ...muchLater]);
});

test('several rotations by size between two looks are read chunk by chunk, in order', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const all = [lines(2), lines(3), lines(1), lines(2)];
  world.append(all[0] ?? []);
  const cursor = start();
  await readAll(cursor);
  for (const chunk of all.slice(1)) {
    world.rotateBySize();
    world.append(chunk);
  }
  await readAll(cursor);
  expect(journal.lines).toEqual(all.flat());
  expect(journal.losses).toEqual([]);
});

test('a restart of the manager, which links the same file anew, is no rotation', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const all = lines(3);
  world.append(all.slice(0, 2));
  const cursor = start();
  await readAll(cursor);
  unlinkSync(world.live);
  await cursor.step();
  linkSync(world.current.datedPath, world.live);
  world.append(all.slice(2));
  await readAll(cursor);
  expect(journal.lines).toEqual(all);
  expect(journal.losses).toEqual([]);
});

test('a day file that is deleted and begun anew under the same names is read to its end, then from its beginning', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [before, unread, after] = [lines(2), lines(1), lines(3)];
  world.append(before);
  const cursor = start();
  await readAll(cursor);
  world.append(unread);
  const { datedPath } = world.current;
  world.deleteAndRecreate(2, true);
  renameSync(world.current.datedPath, datedPath);
  appendFileSync(datedPath, `${after.join('\n')}\n`);
  await readAll(cursor);
  expect(journal.lines).toEqual([...before, ...unread, ...after]);
  expect(journal.losses).toEqual([]);
});

test('logrotate by renaming loses nothing, twice between two looks included', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [first, second, third] = [lines(2), lines(2), lines(2)];
  world.append(first);
  const cursor = start();
  await cursor.step();
  world.rotateByRename();
  world.append(second);
  world.rotateByRename();
  world.append(third);
  await readAll(cursor);
  expect(journal.lines).toEqual([...first, ...second, ...third]);
});

test('an unterminated line is not passed until its end is there', async () => {
  const { world, journal, lines, start } = followedAlerts();
  const [whole = '', part = ''] = lines(2);
  const cursor = start();
  world.append([whole]);
  world.appendPart(part, 0.5);
  await cursor.step();
  expect(journal.lines).toEqual([whole]);
  expect(journal.position(1)?.offset).toBe(whole.length + 1);
  world.finish();
  await cursor.step();
  expect(journal.lines).toEqual([whole, part]);
});

test('a file cut back to nothing is read from its beginning, and the loss is told', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [before, after] = [lines(3), lines(1)];
  world.append(before);
  const cursor = start();
  await readAll(cursor);
  world.cut(3);
  world.append(after);
  await readAll(cursor);
  expect(journal.lines).toEqual([...before, ...after]);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('was cut back or rewritten') }]);
});

test('a file cut back and grown beyond where it was is not taken for the old one', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [before, after] = [lines(2), lines(6)];
  world.append(before);
  const cursor = start();
  await readAll(cursor);
  world.cut(2);
  world.append(after);
  await readAll(cursor);
  expect(journal.lines).toEqual([...before, ...after]);
  expect(journal.losses).toHaveLength(1);
});

test('a rewrite that keeps the first 4 KiB is recognised by the bytes before the offset', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [head, before, after] = [lines(12), lines(4), lines(8)];
  world.append([...head, ...before]);
  const cursor = start();
  await readAll(cursor);
  world.cut(16);
  world.append([...head, ...after]);
  await readAll(cursor);
  expect(new Set(journal.lines)).toEqual(new Set([...head, ...before, ...after]));
  expect(journal.losses).toHaveLength(1);
});

test('what was in a file before logrotate cut it back is read from the copy', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [read, unread, after] = [lines(2), lines(2), lines(2)];
  world.append(read);
  const cursor = start();
  await readAll(cursor);
  world.append(unread);
  world.copyAndCut(true, 2);
  world.append(after);
  await readAll(cursor);
  expect(journal.lines).toEqual([...read, ...unread, ...after]);
  expect(journal.losses).toMatchObject([{ detail: expect.stringContaining('alerts.json.1') }]);
});

test('a live name that becomes a symbolic link is followed to its file', async () => {
  const { world, journal, lines, start, readAll } = followedAlerts();
  const [before, after] = [lines(1), lines(1)];
  world.append(before);
  const cursor = start();
  await readAll(cursor);
  const target = join(dirname(world.live), 'elsewhere');
  writeFileSync(target, `${after.join('\n')}\n`);
  renameSync(world.live, `${world.live}.old`);
  symlinkSync(target, world.live);
  await readAll(cursor);
  appendFileSync(target, `${lines(1).join('\n')}\n`);
  await cursor.step();
  expect(journal.lines).toHaveLength(3);
  expect(cursor.status.state).toBe('following');
});
