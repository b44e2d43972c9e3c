import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { Form } from '../../../src-main/lab/manager/dated-files.ts';
import { aFimJsonLine, aFimTextAlert } from '../../builders/alert-lines.ts';
import { bothForms, bothFormsForTest } from '../../builders/both-forms.ts';
import { followedAlerts } from '../../builders/followed-alerts.ts';

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const otherForm = { json: 'log', log: 'json' } as const satisfies Record<Form, Form>;

const instantOf = (alertId: string | undefined) =>
  new Date(Number(alertId?.split('.')[0]) * 1000).toISOString();

/** Takes bytes out of a file in place, as somebody with an editor that keeps the file does. */
function takeOut(path: string, fromByte: number, toByte: number): void {
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, fromByte), bytes.subarray(toByte)]));
}

/** The dated files of one form, oldest first. */
function datedFiles(root: string, form: Form): string[] {
  const found = readdirSync(join(root, 'logs/alerts'), { recursive: true, encoding: 'utf8' });
  return found
    .filter((name) => /\d{4}/.test(name) && name.includes(`.${form}`) && !name.endsWith('.sum'))
    .map((name) => join(root, 'logs/alerts', name))
    .toSorted();
}

/** Read to the end, then away for two days. */
async function afterTwoDaysAway(form: Form) {
  const forms = bothFormsForTest();
  const { write, follow, readAll, nextDay, files } = forms;
  await write(3);
  await write(2, 'noise');
  const before = follow(form);
  await readAll(before);
  before.close();
  await write(2);
  await nextDay();
  await write(4);
  files.rotate();
  await write(3);
  await nextDay();
  await write(2);
  return forms;
}

test.each(['json', 'log'] as const)(
  'a %s file followed over days, chunks, restarts and archives is complete since its first alert',
  async (form) => {
    const { write, files, nextDay, follow, readAll, read, ids, journal } = await afterTwoDaysAway(form);
    let cursor = follow(form);
    await readAll(cursor);
    files.restart();
    await write(2);
    await readAll(cursor);
    cursor.close();
    await nextDay();
    await write(3);
    cursor = follow(form);
    await readAll(cursor);
    expect(read()).toEqual(ids);
    expect(journal.losses).toEqual([]);
    expect(cursor.status.completeness).toEqual({ since: instantOf(ids[0]), gaps: 0, newestGap: null });
  },
);

test.each(['json', 'log'] as const)(
  'days of %s that were removed are read from the other form, and the stretch stays unbroken',
  async (form) => {
    const { root, follow, readAll, read, ids, journal } = await afterTwoDaysAway(form);
    for (const path of datedFiles(root, form).slice(0, 3)) rmSync(path);
    const cursor = follow(form);
    await readAll(cursor);
    expect(read().toSorted()).toEqual(ids.toSorted());
    expect(journal.losses).toMatchObject([{ isFilled: true }]);
    expect(journal.losses[0]?.detail).toContain(`alerts.${otherForm[form]} still held it: 9 alerts`);
    expect(cursor.status.completeness).toMatchObject({ since: instantOf(ids[0]), gaps: 1 });
  },
);

test('what neither form holds any more is a gap with its bounds, and a new stretch begins behind it', async () => {
  const { root, follow, readAll, read, ids, journal } = await afterTwoDaysAway('json');
  const afterAlertId = journal.position(1)?.alertId;
  for (const form of ['json', 'log'] as const)
    for (const path of datedFiles(root, form).slice(0, 3)) rmSync(path);
  const cursor = follow('json');
  await readAll(cursor);
  expect(read()).toEqual([...ids.slice(0, 3), ...ids.slice(-2)]);
  expect(journal.losses).toMatchObject([{ afterAlertId, beforeAlertId: ids.at(-2), isFilled: false }]);
  expect(cursor.status.completeness).toMatchObject({
    since: instantOf(ids.at(-2)),
    gaps: 1,
    newestGap: { detail: journal.losses[0]?.detail },
  });
});

test('lines taken out of the beginning of a new alerts.json are proven by its first offset and read from alerts.log', async () => {
  const { root, follow, readAll, read, ids, journal } = await afterTwoDaysAway('json');
  const today = datedFiles(root, 'json').at(-1) ?? '';
  takeOut(today, 0, readFileSync(today, 'utf8').indexOf('\n') + 1);
  const cursor = follow('json');
  await readAll(cursor);
  expect(read().toSorted()).toEqual(ids.toSorted());
  expect(journal.losses).toMatchObject([{ isFilled: true, beforeAlertId: ids.at(-1) }]);
  expect(cursor.status.completeness).toMatchObject({ since: instantOf(ids[0]), gaps: 1 });
});

test('alerts taken out of alerts.log before they were read are proven to the byte', async () => {
  const forms = bothFormsForTest();
  const { write, follow, readAll, live, read, ids, journal } = forms;
  await write(3);
  const before = follow('log');
  await readAll(before);
  before.close();
  const from = statSync(live('log')).size;
  await write(2);
  const to = statSync(live('log')).size;
  await write(4);
  takeOut(live('log'), from, to);
  const cursor = follow('log');
  await readAll(cursor);
  expect(read().toSorted()).toEqual(ids.toSorted());
  expect(journal.losses).toMatchObject([
    { bytesAtMost: to - from, afterAlertId: ids[2], beforeAlertId: ids[5], isFilled: true },
  ]);
  expect(cursor.status.completeness).toMatchObject({ since: instantOf(ids[0]), gaps: 1 });
});

test.each([
  { form: 'json', isLongAgain: true },
  { form: 'json', isLongAgain: false },
  { form: 'log', isLongAgain: true },
  { form: 'log', isLongAgain: false },
] as const)(
  'a $form file out of which somebody took alerts is read again, and what it lacks taken from the other form',
  async ({ form, isLongAgain }) => {
    const { write, follow, readAll, live, read, ids, journal } = bothFormsForTest();
    // More than the first bytes by which a file is known.
    await write(30);
    const before = follow(form);
    await readAll(before);
    before.close();
    const size = statSync(live(form)).size;
    await write(2);
    takeOut(live(form), Math.floor(size / 2), size);
    await write(isLongAgain ? 40 : 2);
    const cursor = follow(form);
    await readAll(cursor);
    expect(read().toSorted()).toEqual(ids.toSorted());
    expect(journal.losses[0]?.detail).toMatch(/rewritten/);
    expect(journal.losses.every(({ isFilled }) => isFilled)).toBe(true);
  },
);

test('an alerts.json that was emptied under the reader is filled from alerts.log', async () => {
  const { write, follow, readAll, live, read, ids, journal } = bothFormsForTest();
  await write(3);
  const cursor = follow('json');
  await readAll(cursor);
  await write(4);
  truncateSync(live('json'), 0);
  await readAll(cursor);
  expect(read()).toEqual(ids);
  expect(journal.losses).toMatchObject([{ isFilled: true, afterAlertId: ids[2] }]);
});

test('with alerts_log off, alerts taken out of alerts.json are proven to the byte', async () => {
  const { world, journal, clock, start, readAll } = followedAlerts();
  const append = (howMany: number) => {
    for (let count = 0; count < howMany; count += 1)
      world.append([aFimJsonLine(world.current.stretch.text.length, clock.now())]);
  };
  append(3);
  const before = start();
  await readAll(before);
  before.close();
  const from = statSync(world.live).size;
  append(2);
  const to = statSync(world.live).size;
  append(4);
  takeOut(world.live, from, to);
  const cursor = start();
  await readAll(cursor);
  expect(journal.lines).toHaveLength(7);
  expect(journal.losses).toMatchObject([{ bytesAtMost: to - from, isFilled: false }]);
  const { completeness } = cursor.status;
  expect(completeness).toMatchObject({ since: instantOf(journal.losses[0]?.beforeAlertId ?? ''), gaps: 1 });
});

test('alerts_log switched on in the middle of a day is no gap', async () => {
  const { world, journal, clock, start, readAll } = followedAlerts();
  const cursor = start();
  const append = (offset: number) => world.append([aFimJsonLine(offset, clock.now())]);
  for (let count = 0; count < 4; count += 1) append(world.current.stretch.text.length);
  for (const offset of [0, 400, 900, 1_300, 2_000]) append(offset);
  await readAll(cursor);
  expect(journal.losses).toEqual([]);
  expect(cursor.status.completeness).toMatchObject({ since: '2026-11-21T09:00:00.000Z', gaps: 0 });
});

test.each([
  { form: 'alerts.json', line: (number: number) => `${aFimJsonLine(number)}\n` },
  { form: 'alerts.log', line: aFimTextAlert },
])('in an $form whose ids fit nothing, nothing is claimed', async ({ form, line }) => {
  const { world, journal, start, readAll } = followedAlerts();
  const path = join(dirname(world.live), form);
  writeFileSync(path, '');
  const cursor = start({ path });
  for (let number = 1; number < 9; number += 1) {
    appendFileSync(path, line(number * 7));
    await readAll(cursor);
  }
  expect(journal.losses).toEqual([]);
  expect(cursor.status.completeness).toEqual({ since: null, gaps: 0, newestGap: null });
});

test('a header forged inside of a log text is no gap', async () => {
  const { world, journal, start, readAll } = followedAlerts();
  const path = join(dirname(world.live), 'alerts.log');
  let text = '';
  for (let number = 0; number < 3; number += 1) text += aFimTextAlert(text.length);
  text += aFimTextAlert(999_999);
  for (let number = 0; number < 3; number += 1) text += aFimTextAlert(text.length);
  writeFileSync(path, text);
  const cursor = start({ path });
  await readAll(cursor);
  expect(journal.losses).toEqual([]);
  expect(cursor.status.completeness).toMatchObject({ since: '2026-11-21T09:00:00.000Z', gaps: 0 });
});

/** What happens to a manager that nobody meddles with, and to its reader. */
const anyMove = oneof(
  {
    weight: 5,
    arbitrary: record({ kind: constantFrom('fim', 'noise'), alerts: integer({ min: 1, max: 4 }) }),
  },
  { weight: 4, arbitrary: record({ kind: constantFrom('step', 'restartReader'), alerts: constant(0) }) },
  {
    weight: 2,
    arbitrary: record({ kind: constantFrom('rotate', 'restart', 'nextDay'), alerts: constant(0) }),
  },
);

test.each(['json', 'log'] as const)(
  'in 1,000 random histories of a manager nobody meddles with, no gap is told of its %s file',
  { timeout: 120_000 },
  async (form) => {
    await assert(
      asyncProperty(array(anyMove, { maxLength: 25 }), async (moves) => {
        const { write, files, nextDay, follow, readAll, read, ids, journal, close } = bothForms(memory);
        try {
          await write(1);
          let cursor = follow(form);
          await cursor.step();
          for (const { kind, alerts } of moves) {
            if (kind === 'fim' || kind === 'noise') await write(alerts, kind);
            else if (kind === 'step') await cursor.step();
            else if (kind === 'nextDay') await nextDay();
            else if (kind === 'restartReader') {
              cursor.close();
              cursor = follow(form);
            } else files[kind]();
          }
          await write(2);
          await readAll(cursor);
          expect(read()).toEqual(ids);
          expect(journal.losses).toEqual([]);
          expect(cursor.status.completeness).toEqual({ since: instantOf(ids[0]), gaps: 0, newestGap: null });
        } finally {
          close();
        }
      }),
      { numRuns: 1_000 },
    );
  },
);
