import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lab } from '../../../../src-main/lab/lab.ts';
import { decodedAlerts, responsesOf, sendResponse } from '../../../builders/a-lab-agent.ts';
import { aLabHost } from '../../../builders/a-lab-host.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { Apis } from '../../../builders/an-api.ts';

const TOKEN = 'abcdefgh12345678';
const DASHES = ['-', '-', '-', '-', '-', '-'];
const SCRIPT = '#!/bin/sh\n# what lies there is of no matter to the lab\n';

let labs: Labs;
let apis: Apis;
let lab: Lab;
beforeEach(async () => {
  labs = new Labs();
  apis = new Apis();
  lab = await labs.start({ agentScript: SCRIPT });
});
afterEach(async () => {
  await apis.clean();
  await labs.clean();
});

const ask = (agents: readonly string[], command: string, ...words: string[]) =>
  sendResponse(lab, apis, agents, { command, arguments: words });
/** What was heard from an agent, once so much of the lab's time is over; the same in both forms. */
async function heard(agent: string, ms = 5000) {
  await labs.clock.advance(ms);
  const json = responsesOf(lab, agent, 'json');
  const facts = ({ ruleId, program, command, arguments: words, report }: (typeof json)[number]) => ({
    ruleId,
    program,
    command,
    words,
    report,
  });
  expect(responsesOf(lab, agent, 'log').map(facts)).toEqual(json.map(facts));
  return json;
}
const kes = (agent: string) => lab.agents.look(agent).kes;
const isRunning = (agent: string, task: string) =>
  kes(agent)?.tasks.some(({ name, startedMs }) => name === task && startedMs !== null) ?? false;

/** agent_control on the manager, as root, over SSH. */
async function tool(...words: string[]) {
  const { host, close } = await aLabHost(lab, {
    root: { elevation: 'sudo', sudoPassword: () => Promise.resolve(null) },
  });
  const { exitCode, stdout } = await host.run({
    argv: ['/var/ossec/bin/agent_control', ...words],
    asRoot: true,
  });
  await close();
  return { exitCode, text: new TextDecoder().decode(stdout) };
}

describe('an agent of 4.14.7 and the shipped program', () => {
  test('one word starts the task; 657 and the script’s 607 tell of it, as captured', async () => {
    expect(await ask(['001'], '!kaspersky', '--full_scan')).toEqual({ sent: ['001'], failed: [] });
    const [ran, plain, ...others] = await heard('web-ams-1');
    expect(others).toEqual([]);
    expect(ran).toMatchObject({
      ruleId: '657',
      program: 'active-response/bin/kaspersky',
      command: 'add',
      arguments: ['--full_scan'],
    });
    expect(plain).toMatchObject({ ruleId: '607', arguments: ['--full_scan'] });
    expect(isRunning('001', 'Scan_My_Computer')).toBe(true);
  });

  test('the name of ar.conf does the same', async () => {
    await ask(['001'], 'kaspersky-full0', '--full_scan');
    expect((await heard('web-ams-1')).map(({ ruleId }) => ruleId)).toEqual(['657', '607']);
    expect(isRunning('001', 'Scan_My_Computer')).toBe(true);
  });

  test('without arguments it is launched and refuses', async () => {
    await ask(['001'], '!kaspersky');
    expect((await heard('web-ams-1')).map(({ ruleId }) => ruleId)).toEqual(['657']);
    expect(kes('001')?.events).toEqual([]);
  });

  test('two words arrive as one and do nothing, though both lines are written', async () => {
    await ask(['001'], '!kaspersky', '--full_scan', '-v');
    const words = (await heard('web-ams-1')).map(({ arguments: given }) => given);
    expect(words).toEqual([
      ['--full_scan', '-v'],
      ['--full_scan', '-v'],
    ]);
    expect(isRunning('001', 'Scan_My_Computer')).toBe(false);
  });

  test('a scan of a file is killed at its first output, and reported like any other', async () => {
    lab.agents.infect('001', '/srv/www/x.php');
    await ask(['001'], '!kaspersky', '--custom_scan_file=/srv/www/x.php');
    expect((await heard('web-ams-1', 20_000)).map(({ ruleId }) => ruleId)).toEqual(['657', '607']);
    expect(kes('001')?.events).toEqual([]);
  });

  test('a folder is scanned by a task of its own, since starting it prints nothing', async () => {
    lab.agents.infect('001', '/srv/www/x.php');
    lab.agents.infect('001', '/opt/y.bin');
    await ask(['001'], '!kaspersky', '--custom_scan_folder=/srv/www');
    await labs.clock.advance(60_000);
    const found = kes('001')?.events.filter(({ EventType }) => EventType === 'ThreatDetected');
    expect(found?.map(({ FileName, TaskName }) => [FileName, TaskName])).toEqual([
      ['/srv/www/x.php', 'custom_folder_scan_1'],
    ]);
  });

  test('--boot_scan starts what number 4 became', async () => {
    await ask(['001'], '!kaspersky', '--boot_scan');
    await labs.clock.advance(3000);
    expect(isRunning('001', 'Critical_Areas_Scan')).toBe(true);
  });

  test('KES that writes to syslog tells of start, detection and end by rule 17000', async () => {
    lab.agents.infect('001', '/srv/a.exe');
    await ask(['001'], '!kaspersky', '--full_scan');
    await labs.clock.advance(70_000);
    const told = decodedAlerts(lab).flatMap((alert) => (alert.kind === 'kes' ? [alert] : []));
    const last = told.slice(-4);
    expect(last.map(({ taskName, taskState }) => [taskName, taskState])).toEqual([
      ['Scan_My_Computer', 'Started'],
      ['Scan_My_Computer', null],
      ['Scan_My_Computer', null],
      ['Scan_My_Computer', 'Stopped'],
    ]);
    expect(last[1]?.detection).toEqual({ threat: 'EICAR-Test-File', path: '/srv/a.exe' });
  });

  test('without python it is launched, and that is all', async () => {
    await ask(['006'], '!kaspersky', '--full_scan');
    expect((await heard('mail-ams-1')).map(({ ruleId }) => ruleId)).toEqual(['657']);
    const log = readFileSync(
      join(lab.manager.root, '../agents/006/var/ossec/logs/active-responses.log'),
      'utf8',
    );
    expect(log).toContain('active-response/bin/kaspersky: Python binary not found\n');
  });

  test('without KES it is reported like a scan', async () => {
    await ask(['002'], '!kaspersky', '--full_scan');
    expect((await heard('web-ams-2')).map(({ ruleId }) => ruleId)).toEqual(['657', '607']);
  });

  test('a program that is not there is ignored without a word', async () => {
    await ask(['001'], '!kaspersky.sh', '--full_scan');
    await ask(['001'], '!../../../bin/sh', '-c');
    expect(await heard('web-ams-1')).toEqual([]);
  });

  test('it runs one response after the other', async () => {
    lab.agents.change('001', { logsToSyslog: false });
    await ask(['001'], '!kaspersky', '--full_scan');
    await ask(['001'], '!kaspersky', '--boot_scan');
    const told = (await heard('web-ams-1')).map(({ ruleId, arguments: words }) => [ruleId, ...words]);
    expect(told).toEqual([
      ['657', '--full_scan'],
      ['607', '--full_scan'],
      ['657', '--boot_scan'],
      ['607', '--boot_scan'],
    ]);
  });
});

describe('agents before 4.2', () => {
  test.each([
    ['012', 'legacy-erp-1'],
    ['008', 'build-01'],
  ])('%s takes words: one 607 with script and command', async (id, name) => {
    await ask([id], '!kaspersky.sh', ...DASHES, '--memory_scan');
    const told = await heard(name);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      ruleId: '607',
      program: 'kaspersky.py',
      command: 'add',
      arguments: ['--memory_scan'],
    });
    expect(isRunning(id, 'Memory_Scan')).toBe(true);
  });

  test('a file is really scanned, and nobody hears of the result', async () => {
    lab.agents.infect('012', '/opt/erp/x.bin');
    await ask(['012'], '!kaspersky.sh', ...DASHES, '--custom_scan_file', '/opt/erp/x.bin');
    expect((await heard('legacy-erp-1')).map(({ ruleId }) => ruleId)).toEqual(['607']);
    expect(kes('012')?.events.map(({ EventType }) => EventType)).toContain('ThreatDetected');
  });

  test('they run several at once', async () => {
    await ask(['012'], '!kaspersky.sh', ...DASHES, '--full_scan');
    await ask(['012'], '!kaspersky.sh', ...DASHES, '--boot_scan');
    await labs.clock.advance(950);
    expect([isRunning('012', 'Scan_My_Computer'), isRunning('012', 'Boot_Scan')]).toEqual([true, true]);
  });

  test('the compiled program of newer agents is not there', async () => {
    await ask(['012'], '!kaspersky', '--full_scan');
    await ask(['012'], 'kaspersky-full0', '--full_scan');
    expect(await heard('legacy-erp-1')).toEqual([]);
  });
});

describe('our script', () => {
  test('reports in the JSON form from a new agent: started, states, detection, result', async () => {
    lab.agents.infect('003', '/srv/upload/bad.exe');
    await ask(['003'], '!verdict-desk-kes', `--order=full,${TOKEN},as-set`);
    const told = await heard('web-ams-3', 90_000);
    expect(told.every(({ ruleId }) => ruleId === '657')).toBe(true);
    const reports = told.flatMap(({ report }) => report ?? []);
    expect(reports.map(({ event, state }) => state ?? event)).toEqual([
      'started',
      'starting',
      'started',
      'stopped',
      'detection',
      'stopped',
    ]);
    expect(reports.at(-1)).toMatchObject({ token: TOKEN, kind: 'full', code: 0, counts: { detected: 1 } });
    expect(reports.at(-2)).toMatchObject({ path: '/srv/upload/bad.exe', threat: 'EICAR-Test-File' });
  });

  test('reports in the older form from an old agent', async () => {
    await ask(['012'], '!verdict-desk-kes', ...DASHES, `--order=memory,${TOKEN},as-set`);
    const told = await heard('legacy-erp-1', 60_000);
    expect(told.every(({ ruleId }) => ruleId === '607')).toBe(true);
    expect(told.at(-1)?.report).toMatchObject({ token: TOKEN, event: 'result', task: 'Memory_Scan' });
  });

  test('scans a file, looking only, and brings its counters', async () => {
    lab.agents.infect('003', '/srv/upload/bad.exe');
    await ask(['003'], '!verdict-desk-kes', `--order=file,${TOKEN},skip,/srv/upload/bad.exe`);
    const told = await heard('web-ams-3');
    expect(told.at(-1)?.report).toMatchObject({
      event: 'result',
      code: 72,
      counts: { scanned: 1, detected: 1, skipped: 1 },
    });
    expect(lab.agents.look('003').planted).toHaveProperty('/srv/upload/bad.exe');
  });

  test.each([
    [`--order=file,${TOKEN},as-set,/no/such`, 'nothing is at that path'],
    [`--order=file,${TOKEN},as-set,relative`, 'the path is not absolute'],
    [`--order=everything,${TOKEN},as-set`, 'unknown kind'],
    [`--order=full,${TOKEN},remove`, 'unknown action'],
    [`--order=full,${TOKEN},as-set,/srv`, 'this kind takes no path'],
  ])('%s is refused: %s', async (order, words) => {
    await ask(['003'], '!verdict-desk-kes', order);
    expect((await heard('web-ams-3'))[0]?.report).toMatchObject({ event: 'refused', words });
  });

  test.each(['--order=full,short,as-set', '--full_scan'])('%s gets no answer at all', async (order) => {
    await ask(['003'], '!verdict-desk-kes', order);
    expect(await heard('web-ams-3')).toEqual([]);
  });

  test('what it followed when the lab was closed it follows on', async () => {
    await ask(['003'], '!verdict-desk-kes', `--order=full,${TOKEN},as-set`);
    await labs.clock.advance(20_000);
    const { folder } = lab;
    await lab.close();
    lab = await labs.start({ folder, agentScript: SCRIPT });
    const told = await heard('web-ams-3', 70_000);
    expect(told.at(-1)?.report).toMatchObject({ token: TOKEN, event: 'result', code: 0 });
    expect(told.filter(({ report }) => report?.event === 'started')).toHaveLength(1);
  });
});

describe('agent_control', () => {
  test('gives agents from 4.2 on no arguments: launched, refused', async () => {
    expect(await tool('-b', '--full_scan', '-f', 'kaspersky-full0', '-u', '001')).toEqual({
      exitCode: 0,
      text: "\nWazuh agent_control: Running active response 'kaspersky-full0' on: 001\n",
    });
    expect((await heard('web-ams-1')).map(({ ruleId }) => ruleId)).toEqual(['657']);
    expect(isRunning('001', 'Scan_My_Computer')).toBe(false);
  });

  test('hands its text to an older agent as a word', async () => {
    await tool('-b', '--memory_scan', '-f', 'kaspersky-memory0', '-u', '012');
    expect((await heard('legacy-erp-1'))[0]).toMatchObject({ ruleId: '607', program: 'kaspersky.py' });
    expect(isRunning('012', 'Memory_Scan')).toBe(true);
  });

  test('reaches our script on an older agent', async () => {
    await tool('-b', `--order=boot,${TOKEN},as-set`, '-f', 'verdict-desk-kes0', '-u', '012');
    const told = await heard('legacy-erp-1', 60_000);
    expect(told.at(-1)?.report).toMatchObject({ token: TOKEN, event: 'result', task: 'Boot_Scan' });
  });

  test.each([
    [['-f', 'nosuch0', '-u', '001'], 1, '\n** Selected active response does not exist.\n'],
    [['-f', '!kaspersky', '-u', '001'], 1, '\n** Selected active response does not exist.\n'],
    [
      ['-f', 'kaspersky-full0', '-u', '014'],
      0,
      "\nWazuh agent_control: Running active response 'kaspersky-full0' on: 014\n",
    ],
  ])('-b 1.2.3.4 %j exits with %i', async (words, exitCode, text) => {
    expect(await tool('-b', '1.2.3.4', ...words)).toEqual({ exitCode, text });
  });

  test('an unknown agent is told, with everything it can do', async () => {
    const { exitCode, text } = await tool('-b', '1.2.3.4', '-f', 'kaspersky-full0', '-u', '999');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^\n\*\* Invalid agent id '999'.\n\nWazuh agent_control: Control remote agents.\n/);
  });

  test('lists the responses without those that restart agents', async () => {
    expect((await tool('-L')).text).toBe(
      '\nWazuh agent_control. Available active responses:\n\n' +
        '   Response name: kaspersky-full0, command: kaspersky\n' +
        '   Response name: kaspersky-memory0, command: kaspersky.sh\n' +
        '   Response name: verdict-desk-kes0, command: verdict-desk-kes\n\n',
    );
  });
});

describe('what the API refuses', () => {
  test.each([
    ['999', 1701],
    ['013', 1707],
    ['014', 1707],
    ['004', 1750],
    ['000', 1703],
  ])('agent %s: %i', async (id, code) => {
    const { sent, failed } = await ask([id], '!kaspersky', '--full_scan');
    expect([sent, failed]).toMatchObject([[], [{ code }]]);
  });

  test('Windows takes the message and does nothing', async () => {
    expect((await ask(['010'], '!kaspersky', '--full_scan')).sent).toEqual(['010']);
    expect(await heard('win-hr-03')).toEqual([]);
  });

  test('an agent that is disconnected is refused until it comes back', async () => {
    lab.agents.disconnect('001');
    expect((await ask(['001'], '!kaspersky', '--full_scan')).sent).toEqual([]);
    lab.agents.reconnect('web-ams-1');
    expect((await ask(['001'], '!kaspersky', '--full_scan')).sent).toEqual(['001']);
  });
});
