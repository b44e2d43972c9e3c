import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteCommand } from '../../../src-shared/formats/shell-quote.ts';
import { queueWriterCommand } from '../../../src-shared/formats/queue-writers.ts';
import type { Lab } from '../../../src-main/lab/lab.ts';
import { Labs } from '../../builders/a-lab.ts';
import { liveAlerts } from '../../builders/lab-files.ts';

const missing =
  existsSync('/usr/bin/ssh') && existsSync('/usr/bin/sftp') ? null : 'OpenSSH’s clients are absent';
const labs = new Labs();
const scratch = mkdtempSync(join(tmpdir(), 'verdict-desk-lab-ssh-'));
let lab: Lab;

beforeAll(async () => {
  lab = await labs.start();
});
afterAll(async () => {
  await labs.clean();
  rmSync(scratch, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, argv: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(program, argv, { encoding: 'utf8', maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

const options = (user: string): readonly string[] =>
  Object.entries({
    User: user,
    Port: lab.ssh.port,
    IdentityFile: lab.ssh.keyPath,
    UserKnownHostsFile: knownHosts(),
    StrictHostKeyChecking: 'yes',
    BatchMode: 'yes',
    IdentityAgent: 'none',
    LogLevel: 'ERROR',
  }).reduce<string[]>((words, [name, value]) => words.concat('-o', `${name}=${value}`), ['-F', 'none']);

function knownHosts(): string {
  const path = join(scratch, 'known_hosts');
  const { host, port, keyType, hostKey } = lab.ssh;
  writeFileSync(path, `[${host}]:${port} ${keyType} ${hostKey}\n`);
  return path;
}

const ssh = (argv: readonly string[], input?: string, user = 'verdict') =>
  run('/usr/bin/ssh', [...options(user), lab.ssh.host, quoteCommand(argv)], input);
const sftp = (lines: readonly string[], user = 'verdict') =>
  run('/usr/bin/sftp', [...options(user), '-b', '-', lab.ssh.host], `${lines.join('\n')}\n`);

const tryToSignIn = (config: ssh2.ConnectConfig) =>
  new Promise<string>((resolve) => {
    const client = new ssh2.Client();
    client.on('ready', () => {
      client.end();
      resolve('ready');
    });
    client.on('error', (error) => resolve(error.message));
    client.on('keyboard-interactive', (_name, _words, _language, prompts, finish) => {
      finish(
        prompts.map(({ prompt }) =>
          prompt.startsWith('Password') ? lab.ssh.password : lab.ssh.secondFactor.code,
        ),
      );
    });
    client.connect({ host: lab.ssh.host, port: lab.ssh.port, ...config });
  });

const connect = () =>
  new Promise<ssh2.Client>((resolve, reject) => {
    const { host, port, user: username, password } = lab.ssh;
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client)).on('error', reject);
    client.connect({ host, port, username, password, readyTimeout: 700 });
  });
const ended = (client: ssh2.Client) => new Promise<void>((resolve) => client.once('close', () => resolve()));

describe.skipIf(missing)('OpenSSH’s ssh on the lab’s manager', () => {
  test('signs in with the lab’s key and is a member of wazuh', async () => {
    expect((await ssh(['id', '-Gn'])).stdout).toBe('verdict wazuh\n');
  });

  test('reads the alert file as the lab wrote it', async () => {
    const { stdout } = await ssh(['cat', '/var/ossec/logs/alerts/alerts.json']);
    expect(stdout).toBe(readFileSync(lab.manager.alertsJson, 'utf8'));
  });

  test('gives words back as they were quoted', async () => {
    const words = 'it\'s "odd" $HOME `id` \\ ; | * ~';
    const { stderr, code } = await ssh(['cat', `/tmp/${words}`]);
    expect(stderr).toBe(`cat: /tmp/${words}: No such file or directory\n`);
    expect(code).toBe(1);
  });

  test('an unknown program is not found; a command line with more in it than one program is refused', async () => {
    expect(await ssh(['mkfs', '/'])).toMatchObject({ code: 127, stderr: 'sh: 1: mkfs: not found\n' });
    const clever = await run('/usr/bin/ssh', [...options('verdict'), lab.ssh.host, 'id; id']);
    expect(clever.code).toBe(2);
  });

  test('the manager’s tools need root, which sudo gives without a password', async () => {
    const tool = ['/var/ossec/bin/agent_control', '-l', '-j'];
    expect((await ssh(tool)).code).toBe(126);
    const listed: unknown = JSON.parse((await ssh(['sudo', '-n', '--', ...tool])).stdout);
    expect(listed).toMatchObject({ error: 0 });
    expect(JSON.stringify(listed)).toContain(
      '{"id":"014","name":"kiosk-ber-2","ip":"10.20.7.82","status":"Never connected"}',
    );
  });

  test('a healthy manager’s status exits with 1, since optional daemons are off', async () => {
    const status = await ssh(['sudo', '-n', '--', '/var/ossec/bin/wazuh-control', 'status', '-j']);
    expect(status.code).toBe(1);
    expect(status.stdout).toContain('{"daemon":"wazuh-analysisd","status":"running"}');
    expect((await ssh(['sudo', '-n', '--', '/var/ossec/bin/wazuh-control', 'info', '-v'])).stdout).toBe(
      'v4.14.7\n',
    );
  });

  test('nothing outside the machine can be reached, by .. or by a link', async () => {
    const secret = join(scratch, 'secret');
    writeFileSync(secret, 'of this computer');
    symlinkSync(secret, join(lab.manager.root, 'logs', 'way-out'));
    symlinkSync('../../../../../../../../../..', join(lab.manager.root, 'logs', 'up'));
    for (const path of ['/../../etc/hostname', '/var/ossec/logs/way-out', `/var/ossec/logs/up${secret}`]) {
      expect((await ssh(['cat', path])).stderr).toContain('No such file or directory');
    }
  });

  test('a datagram that is written to the queue raises the alert of its rule, unknown keys included', async () => {
    const source = { alert_id: '1.2', file: '/srv/x', md5: 'a', sha1: 'b' };
    const verdict = { found: 1, malicious: 1, positives: 7, total: 60, source };
    const event = JSON.stringify({
      verdict_desk: { id: 'k1' },
      virustotal: verdict,
      integration: 'virustotal',
    });
    const socket = '/var/ossec/queue/sockets/queue';
    const argv = queueWriterCommand('python3', '/usr/bin/python3', socket);
    const sent = await ssh(argv, `1:[001] (web-ams-1) 10.20.1.11->virustotal:${event}`);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    const raised = liveAlerts(lab).at(-1);
    expect(raised).toMatchObject({
      rule: { id: '87105', description: 'VirusTotal: Alert - /srv/x - 7 engines detected this file' },
      agent: { id: '001', name: 'web-ams-1' },
      location: 'virustotal',
      data: { verdict_desk: { id: 'k1' }, virustotal: { positives: '7', source: { file: '/srv/x' } } },
    });
  });
});

describe.skipIf(missing)('OpenSSH’s sftp on the lab’s manager', () => {
  test('lists, fetches, puts, renames over and removes', async () => {
    const [got, put] = [join(scratch, 'got'), join(scratch, 'put')];
    writeFileSync(put, 'new\n');
    const done = await sftp([
      'cd /var/ossec/etc',
      'ls -l',
      `get /var/ossec/logs/alerts/alerts.log ${got}`,
      `put ${put} a.txt`,
      `put ${put} b.txt`,
      'rename a.txt b.txt',
      'rm b.txt',
    ]);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/-rw-rw---- 1 root wazuh \d+ .* ossec\.conf/);
    expect(readFileSync(got)).toEqual(readFileSync(lab.manager.alertsLog));
  });

  test('an account for files only transfers them and runs nothing', async () => {
    expect((await sftp(['ls /var/ossec/logs/alerts'], 'verdict-sftp')).stdout).toContain('alerts.json');
    const refused = await ssh(['id'], '', 'verdict-sftp');
    expect(refused).toMatchObject({ code: 1, stdout: 'This service allows sftp connections only.\n' });
  });

  test('what the account’s rights forbid is refused', async () => {
    const put = join(scratch, 'forbidden');
    writeFileSync(put, 'x');
    expect((await sftp([`put ${put} /var/ossec/bin/tool`])).stderr).toContain('ermission denied');
    expect((await sftp(['get ../../../../../../etc/shadow /dev/null'])).stderr).toContain('not found');
  });
});

describe('signing in', () => {
  test('with the password, and not with another one', async () => {
    const { user: username, password } = lab.ssh;
    expect(await tryToSignIn({ username, password })).toBe('ready');
    expect(await tryToSignIn({ username, password: `${password}x` })).toContain(
      'authentication methods failed',
    );
  });

  test('with password and code where a second factor is asked for', async () => {
    const { user: username } = lab.ssh.secondFactor;
    expect(await tryToSignIn({ username, tryKeyboard: true })).toBe('ready');
    expect(await tryToSignIn({ username, password: lab.ssh.password })).toContain(
      'authentication methods failed',
    );
  });
});

describe('the levers', () => {
  test('cut every connection', async () => {
    const client = await connect();
    client.on('error', () => undefined);
    const gone = ended(client);
    lab.ssh.control.cut();
    await expect(gone).resolves.toBeUndefined();
  });

  test('refuse new ones until they recover, on the same port', async () => {
    await lab.ssh.control.refuse();
    await expect(connect()).rejects.toThrow('ECONNREFUSED');
    await lab.ssh.control.recover();
    (await connect()).end();
  });

  test('stall: connections stay and give no answer, and go on afterwards', async () => {
    const client = await connect();
    lab.ssh.control.stall();
    await expect(connect()).rejects.toThrow('Timed out');
    const answered = new Promise<string>((resolve, reject) => {
      client.exec('id -un', (error, channel) => {
        if (error) reject(error);
        else channel.on('data', (piece: Buffer) => resolve(piece.toString()));
      });
    });
    await lab.ssh.control.recover();
    expect(await answered).toBe('verdict\n');
    client.end();
  });

  test('show another host key, which the next start keeps', async () => {
    const before = lab.ssh.fingerprint;
    const { fingerprint } = lab.ssh.control.changeHostKey();
    expect(fingerprint).not.toBe(before);
    await lab.close();
    lab = await labs.start({ folder: lab.folder });
    expect(lab.ssh.fingerprint).toBe(fingerprint);
  });
});
