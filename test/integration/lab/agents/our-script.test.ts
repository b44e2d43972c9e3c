import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KesMachine } from '../../../../src-main/lab/kes/kes-machine.ts';
import { aKeslControl, type KeslProgram } from '../../../builders/a-kesl-control.ts';
import { anAgentScript } from '../../../builders/an-agent-script.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { Apis } from '../../../builders/an-api.ts';
import { sendResponse } from '../../../builders/a-lab-agent.ts';

const TOKEN = 'abcdefgh12345678';

let labs: Labs;
let apis: Apis;
let prefix: string;
let kesl: KeslProgram | null = null;
beforeEach(() => {
  labs = new Labs();
  apis = new Apis();
  prefix = mkdtempSync(join(tmpdir(), 'verdict-desk-agent-'));
});
afterEach(async () => {
  await apis.clean();
  await labs.clean();
  rmSync(prefix, { recursive: true, force: true });
  kesl?.remove();
});

/** A case, put to the real script in a real shell and to the lab's stand-in for it. */
interface Case {
  readonly version: string;
  readonly order: string;
  readonly change?: (machine: Partial<KesMachine>) => void;
  readonly infected?: string;
}

async function realLines({ version, order, change, infected }: Case, isJson: boolean): Promise<string> {
  const program = aKeslControl({
    version,
    // What is not a full scan takes a quarter of it, and a busy machine must see it run.
    fullScanMs: order.startsWith('full') ? 3000 : 12_000,
    infected: infected === undefined ? {} : { [infected]: 'EICAR-Test-File' },
  });
  kesl = program;
  if (change) program.change(change);
  mkdirSync(join(prefix, 'active-response/bin'), { recursive: true });
  mkdirSync(join(prefix, 'logs'));
  writeFileSync(join(prefix, 'active-response/bin/verdict-desk-kes'), anAgentScript(program.path));
  const words = isJson ? [] : ['add', '-', '-', '-', '-', '-', '-', `--order=${order}`];
  const child = spawn('sh', ['active-response/bin/verdict-desk-kes', ...words], {
    cwd: prefix,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const parameters = { extra_args: [`--order=${order}`], alert: {}, program: 'active-response/bin/x' };
  const origin = { name: 'node01', module: 'wazuh-execd' };
  // Called with words it reads nothing.
  if (isJson) child.stdin.end(`${JSON.stringify({ version: 1, origin, command: 'add', parameters })}\n`);
  const log = join(prefix, 'logs/active-responses.log');
  return vi.waitFor(
    () => {
      const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
      expect(text).toMatch(/"event":"(?:result|refused)"/);
      return text;
    },
    { timeout: 40_000, interval: 50 },
  );
}

async function labLines({ version, order, change, infected }: Case, isJson: boolean): Promise<string> {
  const lab = await labs.start({ agentScript: '#!/bin/sh\n' });
  const agent = isJson ? '003' : '012';
  const machine: Partial<KesMachine> = {};
  change?.(machine);
  lab.agents.become(agent, version);
  lab.agents.change(agent, {
    fullScanMs: 25_000,
    action: 'Disinfect',
    ...(machine.isServiceUp === undefined ? {} : { isKesUp: machine.isServiceUp }),
    ...(machine.isLockedByPolicy === undefined ? {} : { isLockedByPolicy: machine.isLockedByPolicy }),
    ...(machine.areDatabasesLoaded === undefined ? {} : { areDatabasesLoaded: machine.areDatabasesLoaded }),
  });
  if (infected !== undefined) lab.agents.infect(agent, infected);
  const words = isJson ? [] : ['-', '-', '-', '-', '-', '-'];
  await sendResponse(lab, apis, [agent], {
    command: '!verdict-desk-kes',
    arguments: [...words, `--order=${order}`],
  });
  await labs.clock.advance(60_000);
  return readFileSync(
    join(lab.manager.root, '../agents', agent, 'var/ossec/logs/active-responses.log'),
    'utf8',
  );
}

/** Without what differs from run to run: the time, the prefix, whether a look met the task while it ran. */
function comparable(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/"event":"state".*"state":"start(?:ing|ed)"/.test(line))
    .map((line) =>
      line
        .replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/, 'DATE TIME')
        .replace(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d \w+ \d{4} \S+\/active-response/, 'DATE /active-response'),
    )
    .map(inOrder);
}

/** awk prints the counters in an order of its own. */
function inOrder(line: string): string {
  const at = line.indexOf('{');
  const document: { readonly verdict_desk: Record<string, unknown> } = JSON.parse(line.slice(at));
  const members = Object.entries(document.verdict_desk);
  const desk = Object.fromEntries(members.toSorted(([a], [b]) => a.localeCompare(b)));
  return line.slice(0, at) + JSON.stringify({ ...document, verdict_desk: desk });
}

const FILE = join(tmpdir(), 'verdict-desk-bad.exe');
const CASES: readonly (readonly [string, Case])[] = [
  [
    'a full scan that finds something',
    { version: '12.1.0.1508', order: `full,${TOKEN},as-set`, infected: '/srv/a.exe' },
  ],
  ['critical areas', { version: '11.3.0.7441', order: `critical-areas,${TOKEN},as-set` }],
  ['memory, where the task is', { version: '10.1.1.6421', order: `memory,${TOKEN},as-set` }],
  ['memory, where it is not', { version: '12.1.0.1508', order: `memory,${TOKEN},as-set` }],
  ['boot sectors, where the task is not', { version: '11.3.0.7441', order: `boot,${TOKEN},as-set` }],
  ['protection off', { version: '12.1.0.1508', order: `realtime-off,${TOKEN},as-set` }],
  ['protection on, which it is', { version: '12.1.0.1508', order: `realtime-on,${TOKEN},as-set` }],
  ['an update', { version: '12.1.0.1508', order: `update,${TOKEN},as-set` }],
  ['a file, looking only', { version: '12.1.0.1508', order: `file,${TOKEN},skip,${FILE}`, infected: FILE }],
  [
    'a file on an old version',
    { version: '10.1.1.6421', order: `file,${TOKEN},as-set,${FILE}`, infected: FILE },
  ],
  ['a kind that is not there', { version: '10.1.1.6421', order: `critical-areas,${TOKEN},as-set` }],
  [
    'a stopped service',
    { version: '12.1.0.1508', order: `full,${TOKEN},as-set`, change: (kes) => (kes.isServiceUp = false) },
  ],
  [
    'a policy',
    { version: '12.1.0.1508', order: `full,${TOKEN},as-set`, change: (kes) => (kes.isLockedByPolicy = true) },
  ],
  [
    'no databases',
    {
      version: '12.1.0.1508',
      order: `full,${TOKEN},as-set`,
      change: (kes) => (kes.areDatabasesLoaded = false),
    },
  ],
  ['an unknown kind', { version: '12.1.0.1508', order: `all,${TOKEN},as-set` }],
  ['a path that is not there', { version: '12.1.0.1508', order: `folder,${TOKEN},skip,/no/such/place` }],
];

describe.skipIf(process.platform === 'win32')('the lab’s stand-in writes what the real script writes', () => {
  beforeEach(() => writeFileSync(FILE, 'bad'));
  afterEach(() => rmSync(FILE, { force: true }));

  test.each(CASES)('%s, on a new agent', async (_name, given) => {
    const real = comparable(await realLines(given, true));
    expect(comparable(await labLines(given, true))).toEqual(real);
  });

  test.each(CASES.filter(([name]) => /^(?:a full|memory, where it|a file,)/.test(name)))(
    '%s, on an agent before 4.2',
    async (_name, given) => {
      const real = comparable(await realLines(given, false));
      expect(comparable(await labLines(given, false))).toEqual(real);
    },
  );
});
