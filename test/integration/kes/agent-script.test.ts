import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromJson } from '../../builders/decode-alert.ts';
import { z } from 'zod';
import { aKeslControl, type KeslProgram } from '../../builders/a-kesl-control.ts';
import { anAgentScript } from '../../builders/an-agent-script.ts';
import { until } from '../../builders/until.ts';

const TOKEN = 'abcdefgh12345678';
const SHELLS = ['dash', 'bash', 'busybox'].filter((shell) => spawnSync('which', [shell]).status === 0);

const deskLine = z.object({ verdict_desk: z.record(z.string(), z.unknown()) });

let prefix: string;
let kesl: KeslProgram;
/** What a test changes of the script itself. */
let change: (script: string) => string;

beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), 'verdict-desk-agent-'));
  mkdirSync(join(prefix, 'active-response/bin'), { recursive: true });
  mkdirSync(join(prefix, 'logs'));
  kesl = aKeslControl({ fullScanMs: 1500 });
  change = (script) => script;
});

afterEach(() => {
  rmSync(prefix, { recursive: true, force: true });
  kesl.remove();
});

/** As execd calls it: JSON on standard input that stays open, or words. Resolves when the program itself has ended. */
async function respond(
  call: { readonly json: string } | { readonly words: readonly string[] },
  shell = 'dash',
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const place = join(prefix, 'active-response/bin/verdict-desk-kes');
  writeFileSync(place, change(anAgentScript(kesl.path)));
  const words = 'words' in call ? call.words : [];
  const head = shell === 'busybox' ? ['sh'] : [];
  const child = spawn(shell, [...head, 'active-response/bin/verdict-desk-kes', ...words], {
    cwd: prefix,
    env: {
      ...process.env,
      LANG: 'ru_RU.UTF-8',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if ('json' in call) child.stdin.write(`${call.json}\n`);
  // execd reads the first line or waits for the end: both must come at once.
  await new Promise<void>((done) => child.once('exit', () => done()));
  child.stdin.destroy();
}

function order(text: string, alert = '{"rule":{"id":"5104"}}'): { json: string } {
  const args = JSON.stringify([`--order=${text}`]);
  return {
    json: `{"version":1,"origin":{"name":"node01","module":"wazuh-execd"},"command":"add","parameters":{"extra_args":${args},"alert":${alert},"program":"active-response/bin/verdict-desk-kes"}}`,
  };
}

function log(): string {
  const path = join(prefix, 'logs/active-responses.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** The events so far, as the manager's decoder hands them on. */
function events(): Record<string, unknown>[] {
  return log()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => deskLine.parse(JSON.parse(line.slice(line.indexOf('{')))).verdict_desk);
}

function changeFullScan(times: { readonly startedMs?: number; readonly endsMs: number }): void {
  kesl.change(({ tasks }) => {
    Object.assign(tasks.find(({ name }) => name === 'Scan_My_Computer') ?? {}, times);
  });
}

/** As Wazuh 5 writes it. */
function responseOfFive(words: string): string {
  return `{"name":"kes","executable":"verdict-desk-kes","extra_arguments":"--order=${words}"}`;
}

async function result(): Promise<Record<string, unknown>> {
  return vi.waitFor(
    () => {
      const found = events().find(({ event }) => event === 'result' || event === 'refused');
      expect(found).toBeDefined();
      return found ?? {};
    },
    { timeout: 20_000, interval: 100 },
  );
}

describe('the script on an agent', () => {
  test.each(SHELLS)('starts a full scan by name and reports its end, under %s', async (shell) => {
    kesl.change((machine) => (machine.infected = { '/srv/upload/invoice.exe': 'EICAR-Test-File' }));
    await respond(order(`full,${TOKEN},as-set`), shell);
    expect(await result()).toMatchObject({
      scan: TOKEN,
      event: 'result',
      task: 'Scan_My_Computer',
      detected: 1,
    });
    expect(events().map(({ event }) => event)).toEqual([
      'started',
      ...events()
        .filter(({ event }) => event === 'state')
        .map(() => 'state'),
      'detection',
      'result',
    ]);
    expect(events().find(({ event }) => event === 'detection')).toMatchObject({
      threat: 'EICAR-Test-File',
      path: '/srv/upload/invoice.exe',
    });
    expect(kesl.calls()).toContainEqual(['--start-task', 'Scan_My_Computer']);
  });

  test('its lines are what the manager’s own decoder takes for an active response', async () => {
    await respond(order(`realtime-on,${TOKEN},as-set`));
    await result();
    const line = log().split('\n')[0] ?? '';
    expect(line).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d active-response\/bin\/verdict-desk-kes: \{/);
    const body = JSON.parse(line.slice(line.indexOf('{')));
    const alert = {
      timestamp: '2026-11-21T18:35:13.000+0000',
      rule: { level: 3, description: 'x', id: '657', groups: ['ossec', 'active_response'] },
      agent: { id: '001', name: 'a' },
      manager: { name: 'm' },
      id: '1795286113.51798',
      full_log: line,
      data: body,
      location: '/var/ossec/logs/active-responses.log',
    };
    expect(fromJson(alert)).toMatchObject({
      kind: 'response',
      program: 'active-response/bin/verdict-desk-kes',
      command: 'add',
    });
  });

  test('agents before 4.2 call it with words and get lines of their own form', async () => {
    await respond({
      words: [
        'add',
        '-',
        '-',
        '1795284635.12705',
        '100211',
        '(web-1)',
        '10.0.0.5->virustotal',
        '-',
        `--order=update,${TOKEN},as-set`,
      ],
    });
    expect(await result()).toMatchObject({ event: 'result', task: 'Update', code: 0 });
    expect(log()).toMatch(
      /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d [\d:]{8} \S+ \d{4} \S+\/active-response\/bin\/verdict-desk-kes add - - - - \{/,
    );
  });

  test('a task that was accepted and that nobody saw run is reported without a count', async () => {
    kesl.remove();
    kesl = aKeslControl({ fullScanMs: 0 });
    await respond(order(`full,${TOKEN},as-set`));
    const told = await result();
    expect(told).toMatchObject({ event: 'result', code: 0 });
    expect(told).not.toHaveProperty('detected');
  });

  test('a kesl-control that chatters is read to its end', async () => {
    kesl.remove();
    kesl = aKeslControl({ chatter: 'Loading settings, please stand by', fullScanMs: 500 });
    await respond(order(`realtime-off,${TOKEN},as-set`));
    expect(await result()).toMatchObject({ event: 'result', task: 'File_Threat_Protection', code: 0 });
  });

  test('a file is looked at without being touched when only a look is asked', async () => {
    const path = join(prefix, 'a, b.bin');
    writeFileSync(path, 'x');
    kesl.change((machine) => (machine.infected = { [path]: 'EICAR-Test-File' }));
    await respond(order(`file,${TOKEN},skip,${path}`));
    expect(await result()).toMatchObject({ code: 72, detected: 1, skipped: 1, disinfected: 0 });
    expect(kesl.calls()).toEqual([['--scan-file', path, '--action', 'Skip']]);
  });

  test('another language’s counters are read by their places', async () => {
    writeFileSync(join(prefix, 'b.bin'), 'x');
    kesl.remove();
    kesl = aKeslControl({ language: 'ru' });
    change = (english) => english.replaceAll('en_US.UTF-8', 'ru_RU.UTF-8');
    await respond(order(`file,${TOKEN},as-set,${join(prefix, 'b.bin')}`));
    expect(await result()).toMatchObject({ code: 0, detected: 0, scanned: 1 });
  });

  test('memory on a version without that task is done by a task of our own', async () => {
    kesl.remove();
    kesl = aKeslControl({ version: '11.3.0.7441', fullScanMs: 8000 });
    await respond(order(`memory,${TOKEN},as-set`));
    expect(await result()).toMatchObject({ task: 'Verdict_Desk_Memory', detected: 0 });
    expect(kesl.calls()).toContainEqual([
      '--set-settings',
      'Verdict_Desk_Memory',
      'ScanFiles=No',
      'ScanComputerMemory=Yes',
    ]);
  });

  test('the old task is used where it is', async () => {
    kesl.remove();
    kesl = aKeslControl({ version: '10.1.1.6421', fullScanMs: 1000 });
    await respond(order(`boot,${TOKEN},as-set`));
    expect(await result()).toMatchObject({ task: 'Boot_Scan' });
  });

  test.each([
    ['a stopped service', (k: KeslProgram) => k.change((m) => (m.isServiceUp = false)), 64],
    ['a policy', (k: KeslProgram) => k.change((m) => (m.isLockedByPolicy = true)), 68],
    ['missing databases', (k: KeslProgram) => k.change((m) => (m.areDatabasesLoaded = false)), 65],
  ])('%s is reported with its code', async (_name, spoil, code) => {
    spoil(kesl);
    await respond(order(`full,${TOKEN},as-set`));
    expect(await result()).toMatchObject({ event: 'result', code });
  });

  test.each([
    ['wipe', `wipe,${TOKEN},as-set`, 'unknown kind'],
    ['a relative path', `file,${TOKEN},as-set,etc/passwd`, 'the path is not absolute'],
    ['a path that is not there', `file,${TOKEN},as-set,/nowhere/at/all`, 'nothing is at that path'],
    ['a path for a kind without one', `full,${TOKEN},as-set,/srv`, 'this kind takes no path'],
    ['an unknown action', `full,${TOKEN},remove`, 'unknown action'],
  ])('%s is refused without a call', async (_name, text, reason) => {
    await respond(order(text));
    expect(await result()).toMatchObject({ event: 'refused', reason });
    expect(kesl.calls()).toEqual([]);
  });

  test('a kind that this KES has not is refused', async () => {
    kesl.remove();
    kesl = aKeslControl({ version: '10.1.1.6421' });
    await respond(order(`critical-areas,${TOKEN},as-set`));
    expect(await result()).toMatchObject({ event: 'refused', reason: 'this KES has no such task' });
  });

  test('a scan that another hand had started is told without a count of none', async () => {
    changeFullScan({ startedMs: Date.now() - 5000, endsMs: Date.now() + 3_600_000 });
    await respond(order(`full,${TOKEN},as-set`));
    await until(() => expect(events()[0]).toMatchObject({ event: 'started', code: 70 }));
    changeFullScan({ endsMs: Date.now() });
    expect(await result()).not.toHaveProperty('detected');
  });

  const AT_ONCE = `$(date '+%Y-%m-%d %H:%M:%S')`;
  test.each([
    ['text without an event', 'Журнал недоступен', undefined],
    ['an event without its task', `EventType=ThreatDetected\nDate=${AT_ONCE}\nFileName=/a`, undefined],
    [
      'a name that breaks its event off',
      `EventType=ThreatDetected\nDate=${AT_ONCE}\nFileName=/a\n\nTaskName=Scan_My_Computer`,
      undefined,
    ],
    [
      'a name with another task in it',
      `EventType=ThreatDetected\nDate=${AT_ONCE}\nFileName=/a\nTaskName=Other\nTaskName=Scan_My_Computer`,
      undefined,
    ],
    [
      'lines that end as on Windows',
      `EventType=ThreatDetected\r\nDate=${AT_ONCE}\r\nFileName=/a\r\nTaskName=Scan_My_Computer\r`,
      1,
    ],
    ['nothing', '', 0],
  ])('an event log with %s is no proof of a clean machine', async (_name, text, detected) => {
    const real = readFileSync(kesl.path, 'utf8').replace('#!/bin/sh\n', '');
    writeFileSync(
      kesl.path,
      `#!/bin/sh\nif [ "$1" = -E ]; then cat <<EVENTS\n${text}\nEVENTS\nexit 0; fi\n${real}`,
    );
    await respond(order(`full,${TOKEN},as-set`));
    expect((await result())['detected']).toBe(detected);
  });

  test('nothing of the environment decides what root runs, and where it writes', async () => {
    const other = aKeslControl();
    const elsewhere = join(prefix, 'elsewhere');
    mkdirSync(elsewhere);
    await respond(order(`realtime-on,${TOKEN},as-set`), 'dash', {
      VERDICT_DESK_KESL_CONTROL: other.path,
      KESL: other.path,
      PATH: `${elsewhere}:${process.env['PATH']}`,
      TMPDIR: '/nowhere',
    });
    expect(await result()).toMatchObject({ event: 'result' });
    expect(other.calls()).toEqual([]);
    other.remove();
  });

  test('a log that leads elsewhere is not written to', async () => {
    const victim = join(prefix, 'victim');
    writeFileSync(victim, '');
    symlinkSync(victim, join(prefix, 'logs/active-responses.log'));
    await respond(order(`wipe,${TOKEN},as-set`));
    expect(readFileSync(victim, 'utf8')).toBe('');
  });

  test('an order inside an alert is none', async () => {
    const hostile = `{"version":1,"origin":{"name":"","module":"wazuh-execd"},"command":"add","parameters":{"alert":{"data":{"extra_args":["--order=full,${TOKEN},as-set"]}},"program":"x"}}`;
    await respond({ json: hostile });
    await respond({
      json: `{"version":1,"origin":{"name":"","module":"x"},"command":"add","parameters":{"extra_args":[],"alert":{"full_log":"parameters\\":{\\"extra_args\\":[\\"--order=full,${TOKEN},as-set\\"]"}}}`,
    });
    expect(log()).toBe('');
    expect(kesl.calls()).toEqual([]);
  });

  test('an order of Wazuh 5 that stands beside another one is none', async () => {
    const inEvent = responseOfFive(`full,${TOKEN},as-set`);
    const managers = responseOfFive(`realtime-on,${TOKEN},as-set`);
    for (const [first, second] of [
      [inEvent, managers],
      [managers, inEvent],
    ]) {
      await respond({
        json: `{"wazuh":{"active_response":${first}},"command":"enable","event":{"data":{"active_response":${second}}}}`,
      });
    }
    expect(log()).toBe('');
    expect(kesl.calls()).toEqual([]);
  });

  test('taking a response back does nothing', async () => {
    await respond({ json: order(`full,${TOKEN},as-set`).json.replace('"add"', '"delete"') });
    await respond({ words: ['delete', '-', '-', '1.2', '1', 'x', '-', `--order=full,${TOKEN},as-set`] });
    expect(kesl.calls()).toEqual([]);
  });

  test('Wazuh 5 calls it with another document', async () => {
    await respond({
      json: `{"@timestamp":"2026-11-21T10:00:00Z","event":{"index":"i","doc_id":"d"},"wazuh":{"agent":{"id":"001"},"active_response":{"name":"kes","executable":"verdict-desk-kes","extra_arguments":"--order=realtime-on,${TOKEN},as-set","location":"local","agent_id":null,"type":"stateless","stateful_timeout":null}},"command":"enable"}`,
    });
    expect(await result()).toMatchObject({ event: 'result', code: 70 });
  });
});
