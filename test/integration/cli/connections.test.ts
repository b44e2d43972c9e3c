import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { Apis, passwordOf } from '../../builders/an-api.ts';
import { anSshd, makeKey, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { WITHOUT_STARTUP_FILES } from '../../builders/an-ssh-host.ts';
import { runCommand, runJson, startCommand, type CommandOptions } from './run-cli.ts';

let folder: string;
let data: string;
let prefix: string;
let alerts: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-cli-'));
  data = join(folder, 'data');
  prefix = join(folder, 'ossec');
  alerts = join(prefix, 'logs/alerts/alerts.json');
  mkdirSync(join(prefix, 'logs/alerts'), { recursive: true });
  for (const part of ['bin', 'etc']) mkdirSync(join(prefix, part));
  writeFileSync(join(prefix, 'etc/ossec.conf'), '<ossec_config></ossec_config>\n');
  writeFileSync(join(prefix, 'bin/wazuh-control'), '#!/bin/sh\necho v4.14.7\n', { mode: 0o755 });
  writeFileSync(alerts, `${aFimJsonLine(1)}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], options: Partial<CommandOptions> = {}) =>
  runCommand(args, { data, ...options });
const json = (args: readonly string[], options: Partial<CommandOptions> = {}) =>
  runJson(args, { data, ...options });

describe.skipIf(sshdMissing)(`profile, doctor and ingest over a real sshd ${sshdMissing ?? ''}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
  });
  afterAll(() => sshd.stop());

  const hostKey = () => sshd.hostKeys[0]?.fingerprint ?? '';
  const target = () => ['--ssh', `${sshd.user}@${sshd.host}:${sshd.port}`];
  const added = (...more: readonly string[]) => [
    'profile',
    'add',
    'fra',
    ...target(),
    '--identity',
    sshd.clientKey.path,
    '--prefix',
    prefix,
    ...more,
  ];
  const trusted = (...more: readonly string[]) => added('--accept-host-key', hostKey(), ...more);

  it('an unknown host key ends it, keeps nothing, and names the option that accepts exactly this key', async () => {
    const { code, stdout, stderr } = await run(added());
    expect(code).toBe(1);
    expect(stdout).toContain(`add: --accept-host-key ${hostKey()}`);
    expect(stderr).toContain('Nothing is kept');
    expect(await json(['profile', 'list'])).toEqual([]);
  });

  it.each(['add', 'test'])(
    'the help of profile %s says for which machine a fingerprint is good',
    async (deed) => {
      const { stdout } = await run(['profile', deed, '--help']);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain('of the first machine on the way that shows it');
    },
  );

  it('another key than the accepted one is not accepted', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const { code, stdout } = await run(added('--accept-host-key', other));
    expect(code).toBe(1);
    expect(stdout).toContain(`add: --accept-host-key ${hostKey()}`);
    expect(await json(['profile', 'list'])).toEqual([]);
  });

  it('a connection that works is kept with its key, tested again, looked at, and removed', async () => {
    expect(await json(trusted())).toMatchObject({ name: 'fra', isStored: true, works: true });
    expect(await json(['profile', 'list'])).toMatchObject([
      { name: 'fra', ssh: { host: sshd.host, port: sshd.port, methods: ['key'] }, prefix, isOff: false },
    ]);
    expect(await json(['profile', 'test', 'FRA'])).toMatchObject({ name: 'fra', works: true });
    expect(await json(['doctor', '--profile', 'fra'])).toMatchObject({
      profile: 'fra',
      isFit: true,
      troubles: [],
      manager: { version: '4.14.7', prefix },
      findings: expect.arrayContaining([
        expect.objectContaining({ capability: 'read-alerts', state: 'holds' }),
      ]),
    });
    expect(await json(['doctor'])).toMatchObject([{ profile: 'fra' }]);
    expect((await run(['doctor'])).stdout).toMatch(/^yes +read-alerts/m);
    expect(await json(['profile', 'remove', 'fra'])).toEqual({ name: 'fra', isRemoved: true });
    expect(await json(['profile', 'list'])).toEqual([]);
    const again = await run(added());
    expect(again.stdout).toContain('is not known yet');
  });

  it('what does not work is kept only when that is said', async () => {
    const wrong = ['--prefix', '/no/such/folder'];
    const refused = await run([...trusted(), ...wrong]);
    expect([refused.code, await json(['profile', 'list'])]).toEqual([1, []]);
    expect(refused.stdout).toMatch(/^failed +prefix/m);
    expect(await json([...trusted(), ...wrong, '--save-anyway'])).toMatchObject({
      isStored: true,
      works: false,
    });
    const tested = await run(['profile', 'test', 'fra']);
    expect(tested.code).toBe(1);
    expect((await run(['doctor'])).code).toBe(1);
  });

  it('without a test it is kept as it is; its host key is accepted by a later test', async () => {
    expect(await json(added('--no-test'))).toMatchObject({ isStored: true, works: null, checks: [] });
    expect((await run(['profile', 'test', 'fra'])).code).toBe(1);
    const follow = await run(['ingest', '--follow', '--profile', 'fra']);
    expect(follow.code).toBe(1);
    expect(follow.stderr).toContain(`--accept-host-key ${hostKey()} to: verdict-desk profile test`);
    const accepting = ['profile', 'test', 'fra', '--accept-host-key', hostKey()];
    expect(await json(accepting)).toMatchObject({ works: true });
    expect(await json(['profile', 'test', 'fra'])).toMatchObject({ works: true });
  });

  it('follows the alerts of a connection until Ctrl-C, beside readers, and takes up again where it ended', async () => {
    await json(trusted());
    const follower = startCommand(['ingest', '--follow', '--json', '--profile', 'fra'], { data });
    const [end, stdout] = [once(follower, 'close'), text(follower.stdout ?? process.stdin)];
    await eventsSeen(1);
    appendFileSync(alerts, `${aFimJsonLine(2)}\n`);
    await eventsSeen(2);

    expect(await json(['profile', 'test', 'fra'])).toMatchObject({ works: true });
    expect(await json(['doctor', '--profile', 'fra'])).toMatchObject({ isFit: true });
    expect(await json(['agents', '--profile', 'fra'])).toHaveLength(1);
    const second = await run(['profile', 'remove', 'fra']);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`verdict-desk ingest (process ${follower.pid}`);

    follower.kill('SIGINT');
    expect((await end)[0]).toBe(0);
    expect(JSON.parse(await stdout)).toMatchObject({ alerts: 2, fimEvents: 2, malformed: 0 });
    appendFileSync(alerts, `${aFimJsonLine(3)}\n`);
    const next = startCommand(['ingest', '--follow', '--profile', 'fra'], { data });
    const nextEnd = once(next, 'close');
    await eventsSeen(3);
    next.kill('SIGTERM');
    expect((await nextEnd)[0]).toBe(0);
  });

  it('a manager that is not there is told, and tried again until Ctrl-C', async () => {
    await json(trusted());
    await sshd.kill();
    const follower = startCommand(['ingest', '--follow', '--profile', 'fra'], { data });
    const end = once(follower, 'close');
    let told = '';
    follower.stderr?.setEncoding('utf8').on('data', (piece: string) => (told += piece));
    await vi.waitFor(() => expect(told).toMatch(/fra: .*refused/i), { timeout: 15_000 });
    await sshd.restart();
    await eventsSeen(1);
    follower.kill('SIGINT');
    expect((await end)[0]).toBe(0);
  });

  it('a passphrase comes on standard input or by the environment, and leaves no trace', async () => {
    const { path, passphrase } = sshd.encryptedKey;
    const add = ['profile', 'add', 'fra', ...target(), '--identity', path, '--prefix', prefix];
    const accepting = [...add, '--accept-host-key', hostKey()];
    const without = await run(accepting);
    expect(without.code).toBe(1);
    expect(without.stdout).toContain('{"passphrase": "…"}) or in VERDICT_DESK_SSH_PASSPHRASE');
    const wrong = await run(accepting, { environment: { VERDICT_DESK_SSH_PASSPHRASE: 'not-the-right-one' } });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/^needs you +sign-in .*does not open/m);

    const given = await run([...accepting, '--secrets-stdin'], { input: JSON.stringify({ passphrase }) });
    expect(given.stderr).toContain('not kept');
    expect(given.code).toBe(0);
    const environment = { VERDICT_DESK_SSH_PASSPHRASE: passphrase };
    expect(await json(['profile', 'test', 'fra'], { environment })).toMatchObject({ works: true });

    const said = [without, wrong, given].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(said).not.toContain(passphrase);
    for (const file of filesBelow(data)) expect(readFileSync(file, 'latin1')).not.toContain(passphrase);
  });

  it('no secret stands in the arguments or the environment of a process that it starts', async () => {
    // One that no other test has: their ssh-keygen names theirs.
    const passphrase = randomBytes(12).toString('hex');
    const path = join(folder, 'locked');
    sshd.authorize(makeKey(path, 'ed25519', passphrase));
    const environment = { VERDICT_DESK_SSH_PASSPHRASE: passphrase };
    const add = ['profile', 'add', 'fra', ...target(), '--identity', path, '--accept-host-key', hostKey()];
    await json([...add, '--prefix', prefix], { environment });
    const follower = startCommand(['ingest', '--follow', '--profile', 'fra'], { data, environment });
    const end = once(follower, 'close');
    await eventsSeen(1);
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const others = processes.filter((pid) => Number(pid) !== follower.pid);
    expect(processes.filter((pid) => factOf(pid, 'cmdline').includes(passphrase))).toEqual([]);
    expect(others.filter((pid) => factOf(pid, 'environ').includes(passphrase))).toEqual([]);
    follower.kill('SIGINT');
    await end;
  });

  it('a key that is not authorised is told apart from the rest', async () => {
    const path = join(folder, 'stranger');
    makeKey(path, 'ed25519');
    const add = ['profile', 'add', 'fra', ...target(), '--identity', path, '--accept-host-key', hostKey()];
    const { code, stdout } = await run(add);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failed +sign-in/m);
  });

  it('the way through a jump host is tried hop by hop', async () => {
    const jump = ['--jump', `${sshd.user}@${sshd.host}:${sshd.port}`];
    expect(await json(trusted(...jump))).toMatchObject({
      works: true,
      checks: expect.arrayContaining([expect.objectContaining({ step: 'sign-in', hop: 0, outcome: 'ok' })]),
    });
  });
});

describe('an API alone, and a manager on this machine', () => {
  const apis = new Apis();
  afterEach(() => apis.clean());

  it('an unknown certificate ends it and is named; accepted, the API works and lists its agents', async () => {
    const api = await apis.start();
    const environment = { VERDICT_DESK_API_PASSWORD: passwordOf(api, 'wazuh') };
    const add = ['profile', 'add', 'api-only', '--api', api.url, '--api-user', 'wazuh'];
    const refused = await run(add, { environment });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`add: --accept-certificate ${api.fingerprint}`);
    expect(api.control.requests()).toEqual([]);

    const colons = api.fingerprint?.toUpperCase().match(/../g)?.join(':') ?? '';
    expect(await json([...add, '--accept-certificate', colons], { environment })).toMatchObject({
      isStored: true,
      works: true,
    });
    expect((await run(['doctor', '--profile', 'api-only'], { environment })).code).toBe(0);
    const agents = await json(['agents', '--refresh', '--status', 'active'], { environment });
    expect(agents).toContainEqual(
      expect.objectContaining({ profile: 'api-only', agentId: '000', status: 'active', source: 'api' }),
    );
    expect(await json(['agents'])).not.toEqual([]);
    const follow = await run(['ingest', '--follow', '--profile', 'api-only'], { environment });
    expect(follow.code).toBe(1);
    expect(follow.stderr).toContain('an API does not give alerts');
  });

  it('a wrong password is tried once and told', async () => {
    const api = await apis.start();
    const add = ['profile', 'add', 'api-only', '--api', api.url, '--api-user', 'wazuh', '--json'];
    const environment = { VERDICT_DESK_API_PASSWORD: 'not-the-right-one' };
    const certificate = ['--accept-certificate', api.fingerprint ?? ''];
    const { code, stdout, stderr } = await run([...add, ...certificate], { environment });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      isStored: false,
      checks: expect.arrayContaining([expect.objectContaining({ step: 'api-sign-in', outcome: 'failed' })]),
    });
    expect(stdout + stderr).not.toContain('not-the-right-one');
    expect(api.control.requests().length).toBe(1);
  });

  it('a manager on this machine is followed without any channel', async () => {
    expect(await json(['profile', 'add', 'here', '--local', prefix, '--no-archives'])).toMatchObject({
      works: true,
    });
    const follower = startCommand(['ingest', '--follow', '--profile', 'here'], { data });
    const end = once(follower, 'close');
    await eventsSeen(1);
    follower.kill('SIGINT');
    expect((await end)[0]).toBe(0);
  });
});

describe('the words of a call about connections', () => {
  it.each([
    [['profile', 'add', 'fra'], 'A connection needs --ssh, --local or --api.'],
    [['profile', 'add', 'no way', '--local', '/var/ossec'], 'A name has letters'],
    [['profile', 'add', 'fra', '--ssh', 'mgr'], 'A machine is USER@HOST'],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--jump', 'bastion'], 'A machine is USER@HOST'],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--auth', 'kerberos'], 'Known are agent'],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--format', 'xml'], 'Allowed choices are json, log'],
    [
      ['profile', 'add', 'fra', '--ssh', 'me@mgr', '--publish', 'mail'],
      'Allowed choices are off, socket, api',
    ],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--accept-host-key', 'abc'], 'ssh-keygen -lf'],
    [['profile', 'add', 'fra', '--api', 'https://m', '--accept-certificate', 'abc'], '64 hex digits'],
    [['profile', 'add', 'fra', '--api', 'https://mgr'], '--api needs --api-user'],
    [['profile', 'add', 'fra', '--api', 'http://mgr.example', '--api-user', 'u'], 'not encrypted'],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--secrets-stdin'], 'The secrets on standard input'],
    [['profile', 'add', 'fra', '--ssh', 'me@mgr', '--password', 'x'], "unknown option '--password'"],
    [['profile', 'frob'], "unknown command 'frob'"],
    [['agents', '--status', 'dead'], 'Allowed choices are active'],
    [['ingest', '--follow'], "missing required argument 'file'"],
    [['ingest', '--profile', 'fra'], "missing required argument 'file'"],
    [['ingest', '--follow', '--profile', 'fra', '--format', 'json'], '--format belongs to files'],
  ])('%j ends with exit code 2 and says why', async (args, words) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(existsSync(data)).toBe(false);
  });

  it('an unknown connection is answered with those that are known', async () => {
    await json(['profile', 'add', 'here', '--local', prefix]);
    for (const args of [
      ['profile', 'test', 'nope'],
      ['profile', 'remove', 'nope'],
      ['doctor', '--profile', 'nope'],
      ['agents', '--profile', 'nope'],
      ['ingest', '--follow', '--profile', 'nope'],
    ]) {
      const { code, stderr } = await run(args);
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toContain('There is no connection named nope.\nKnown are: here.');
    }
    const taken = await run(['profile', 'add', 'HERE', '--local', prefix]);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain('There is a connection named HERE already');
    expect((await run(['profile', 'add', 'local', '--local', prefix])).code).toBe(1);
  });

  it('without any connection each command says how to set one up', async () => {
    for (const args of [['doctor'], ['profile', 'test', 'fra'], ['ingest', '--follow', '--profile', 'fra']]) {
      const { code, stderr } = await run(args);
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toContain('profile add NAME');
    }
    expect((await run(['agents'])).code).toBe(0);
  });

  it('--help explains each command', async () => {
    for (const args of [['profile'], ['profile', 'add'], ['profile', 'test'], ['doctor'], ['agents']]) {
      const { code, stdout } = await run([...args, '--help']);
      expect([args, code]).toEqual([args, 0]);
      expect(stdout).toContain('Usage: verdict-desk');
    }
    expect((await run(['profile', 'add', '--help'])).stdout).toContain('VERDICT_DESK_SSH_PASSWORD');
  });
});

/** As another process sees them meanwhile. */
async function eventsSeen(count: number): Promise<void> {
  await vi.waitFor(async () => expect(await json(['ledger'])).toMatchObject({ fimEvents: count }), {
    timeout: 20_000,
  });
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Empty for a process that has ended meanwhile. */
function factOf(pid: string, fact: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${fact}`, 'latin1');
  } catch {
    return '';
  }
}
