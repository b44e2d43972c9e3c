import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Ledger, ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { runCommand, runJson, startCommand } from './run-cli.ts';

let data: string;
let alerts: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'verdict-desk-writer-'));
  alerts = join(data, 'alerts.json');
  writeFileSync(alerts, `${aFimJsonLine(1)}\n`);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** The ledger as another process sees it meanwhile. */
async function eventsSeen(count: number): Promise<void> {
  await vi.waitFor(
    async () => expect(await runJson(['ledger'], { data })).toMatchObject({ fimEvents: count }),
    {
      timeout: 20_000,
    },
  );
}

it('a following writer is read beside, refuses a second writer by name, and ends in order on Ctrl-C', async () => {
  const follower = startCommand(['ingest', '--follow', '--json', alerts], { data });
  const end = once(follower, 'close');
  await eventsSeen(1);
  appendFileSync(alerts, `${aFimJsonLine(2)}\n`);
  await eventsSeen(2);

  const second = await runCommand(['ingest', alerts], { data });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('verdict-desk ingest');
  expect(second.stderr).toContain(`process ${follower.pid}`);
  for (const reading of [['verdicts'], ['ledger'], ['queue']]) {
    expect((await runCommand(reading, { data })).code).toBe(0);
  }

  follower.kill('SIGINT');
  expect((await end)[0]).toBe(0);
  appendFileSync(alerts, `${aFimJsonLine(3)}\n`);
  expect(await runJson(['ingest', alerts], { data })).toMatchObject({ fimEvents: 3, known: 2 });
});

it('a killed writer leaves nothing to clean, and following goes on where it ended', async () => {
  const killed = startCommand(['ingest', '--follow', alerts], { data });
  const death = once(killed, 'close');
  await eventsSeen(1);
  killed.kill('SIGKILL');
  await death;
  appendFileSync(alerts, `${aFimJsonLine(2)}\n`);

  const next = startCommand(['ingest', '--follow', alerts], { data });
  const end = once(next, 'close');
  await eventsSeen(2);
  next.kill('SIGTERM');
  expect((await end)[0]).toBe(0);
});

it.each([
  ['one thread', 20_000],
  ['two threads', 60_000],
])(
  'an import by %s killed in the middle leaves a ledger that sums, and reading the file again counts each event once',
  async (_, events) => {
    writeFileSync(
      alerts,
      Array.from({ length: events }, (_, number) => `${aFimJsonLine(number)}\n`).join(''),
    );
    const killed = startCommand(['ingest', alerts], { data });
    const death = once(killed, 'exit');
    await vi.waitFor(async () => expect((await readLedger()).fimEvents).toBeGreaterThan(0), {
      timeout: 20_000,
    });
    killed.kill('SIGKILL');
    await death;

    const { fimEvents, states } = await readLedger();
    expect(ledgerSum(states)).toBe(fimEvents);
    expect(await runJson(['ingest', alerts], { data })).toMatchObject({
      fimEvents: events,
      known: fimEvents,
    });
    expect(await readLedger()).toMatchObject({ fimEvents: events, states: { queued: events } });
  },
);

async function readLedger(): Promise<Ledger> {
  return ledgerSchema.parse(await runJson(['ledger'], { data }));
}
const count = z.number();
const ledgerSchema = z.object({
  fimEvents: count,
  states: z.object({ answered: count, fromStore: count, queued: count, muted: count, notLookable: count }),
});
