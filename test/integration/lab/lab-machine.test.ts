import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Lab } from '../../../src-main/lab/lab.ts';
import type { SshHost } from '../../../src-main/manager/host/ssh-host.ts';
import { aLabHost, type LabHost } from '../../builders/a-lab-host.ts';
import { Labs } from '../../builders/a-lab.ts';
import { until } from '../../builders/until.ts';

const labs = new Labs();
let lab: Lab;
let open: LabHost[] = [];
beforeAll(async () => {
  lab = await labs.start();
});
afterEach(async () => {
  for (const { close } of open) await close();
  open = [];
});
afterAll(() => labs.clean());

async function signIn(
  options: { readonly elevation?: 'sudo' | 'sudo-password'; readonly user?: string } = {},
): Promise<SshHost> {
  const { elevation = 'sudo', ...rest } = options;
  const root = { elevation, sudoPassword: () => Promise.resolve(lab.ssh.password) };
  const labHost = await aLabHost(lab, { root, ...rest });
  open.push(labHost);
  return labHost.host;
}

const LIVE = '/var/ossec/logs/alerts/alerts.json';
const CONFIGURATION = '/var/ossec/etc/ossec.conf';
const versionOf = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
});
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('the product’s own channel on the lab’s manager', () => {
  test('stat tells device, inode and size as they are', async () => {
    const real = statSync(lab.manager.alertsJson, { bigint: true });
    expect(await (await signIn()).stat(LIVE)).toMatchObject({
      device: String(real.dev),
      inode: String(real.ino),
      sizeBytes: Number(real.size),
      isFile: true,
    });
  });

  test('a watch tells at once that the alert file grew, and that its name stands for another file', async () => {
    const host = await signIn();
    const onEvent = vi.fn<() => void>();
    const watch = host.watch(LIVE, onEvent);
    await until(() => expect(lab.ssh.control.commands().join('\n')).toContain('tail -c 0 -F'));
    onEvent.mockClear();
    lab.world.addFile({ agent: '001', path: '/srv/a', content: 'x', verdict: 'clean', mode: 'realtime' });
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled(), { timeout: 2000, interval: 5 });
    onEvent.mockClear();
    lab.world.rotate();
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled(), { timeout: 3000, interval: 5 });
    watch.close();
  });

  test('a file is read piece by piece while it grows', async () => {
    const path = join(lab.manager.root, 'logs/long.log');
    writeFileSync(path, 'a'.repeat(3_000_000));
    const file = await (await signIn()).open('/var/ossec/logs/long.log');
    appendFileSync(path, 'the end');
    const into = new Uint8Array(100);
    expect(text(into.subarray(0, await file.read(into, 2_999_999)))).toBe('athe end');
    file.close();
  });

  test('root replaces a file and it keeps its owner; a member would become its owner and is told', async () => {
    const host = await signIn();
    const { bytes, version } = await host.readFile(CONFIGURATION, { maxBytes: 1e6 });
    const next = Buffer.concat([bytes, Buffer.from('<!-- seen -->\n')]);
    await expect(host.replaceFile(CONFIGURATION, next, { expected: version })).rejects.toMatchObject({
      name: 'DomainError',
    });
    expect(text((await host.readFile(CONFIGURATION, { maxBytes: 1e6 })).bytes)).toBe(text(bytes));
    await host.replaceFile(CONFIGURATION, next, { expected: version, asRoot: true });
    expect(readFileSync(join(lab.manager.root, 'etc/ossec.conf'))).toEqual(next);
    expect(statSync(join(lab.manager.root, 'etc/ossec.conf')).mode & 0o777).toBe(0o660);
  });

  test('a file that somebody else changed meanwhile stays as it is', async () => {
    const host = await signIn();
    const path = join(lab.manager.root, 'etc/rules/local_rules.xml');
    const before = readFileSync(path);
    appendFileSync(path, '<!-- by hand -->\n');
    const replaced = host.replaceFile('/var/ossec/etc/rules/local_rules.xml', Buffer.from('ours'), {
      expected: versionOf(before),
      asRoot: true,
    });
    await expect(replaced).rejects.toMatchObject({ code: 'manager.file-changed' });
    expect(text(readFileSync(path))).toContain('by hand');
  });

  test('sudo with a password takes the lab’s password and leaves the program its input', async () => {
    const host = await signIn({ elevation: 'sudo-password' });
    const { stdout } = await host.run({ argv: ['cat'], input: 'what is typed', asRoot: true });
    expect(text(stdout)).toBe('what is typed');
  });

  test('a program that waits for ever is ended when its time is up', async () => {
    const host = await signIn();
    const endless = await host.run({ argv: ['sleep', '1000'], timeoutMs: 300 });
    expect(endless).toMatchObject({ timedOut: true });
  });

  test('the account for files only reads and lists', async () => {
    const host = await signIn({ user: 'verdict-sftp' });
    expect(await host.hasShell()).toBe(false);
    expect((await host.stat(LIVE))?.inode).toBeNull();
    const names = (await host.list('/var/ossec/logs/alerts')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['alerts.json', 'alerts.log']));
  });
});
