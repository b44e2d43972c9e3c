import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src-main/app/clock.ts';
import { connectSsh } from '../../../../src-main/manager/ssh/connect-ssh.ts';
import type { HostKeyStore, PinnedHostKey } from '../../../../src-main/manager/ssh/host-key-store.ts';
import { createHostKeyTrust, OfferedHostKeys } from '../../../../src-main/manager/ssh/host-key-trust.ts';
import { anSshd, makeKey, sshdMissing, type HostKey, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo, hopTo, MemoryHostKeys, pinsOf, signIn, sshPorts } from '../../../builders/ssh-ports.ts';

describe.skipIf(sshdMissing !== null)(`host keys (${sshdMissing ?? 'real sshd'})`, () => {
  let sshd: Sshd;
  let folder: string;
  let knownHosts: string;
  beforeAll(async () => {
    sshd = await anSshd({ hostKeys: ['ed25519', 'rsa'] });
    folder = mkdtempSync(join(tmpdir(), 'verdict-desk-known-'));
    knownHosts = join(folder, 'known_hosts');
  });
  afterAll(async () => {
    await sshd.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(knownHosts, { force: true }));

  const keyOf = (keyType: string): HostKey => {
    const key = sshd.hostKeys.find((candidate) => candidate.keyType === keyType);
    if (!key) throw new Error(`There is no ${keyType} key.`);
    return key;
  };
  const name = () => `[127.0.0.1]:${sshd.port}`;
  const line = (key: Pick<HostKey, 'keyType' | 'key'>, names = name()) =>
    `${names} ${key.keyType} ${key.key}\n`;
  const otherKey = (type: 'ed25519' | 'rsa', file: string) => {
    const [keyType = '', key = ''] = makeKey(join(folder, file), type).split(' ');
    return { keyType, key };
  };

  /** Connects with what known_hosts and the pins say; the log tells whether anything was sent. */
  async function connect(
    text: string,
    options: { store?: HostKeyStore; accepted?: string[]; onAccepted?: (key: PinnedHostKey) => void } = {},
  ) {
    writeFileSync(knownHosts, text);
    const store = options.store ?? new MemoryHostKeys();
    const trust = createHostKeyTrust({ ...options, store, files: [knownHosts] });
    const before = sshd.log().length;
    try {
      const session = await connectSsh(accessTo(sshd), sshPorts({ trust }), new AbortController().signal);
      await session.close();
      return { code: 'connected' };
    } catch (error) {
      if (/publickey|password/.test(sshd.log().slice(before)))
        throw new Error('Something was sent.', { cause: error });
      return error;
    }
  }

  test.each(['ssh-ed25519', 'ssh-rsa'])(
    'a %s key of known_hosts is accepted, and asked for',
    async (keyType) => {
      expect(await connect(line(keyOf(keyType)))).toEqual({ code: 'connected' });
    },
  );

  test('a name that ssh-keygen hashed is found', async () => {
    writeFileSync(knownHosts, line(keyOf('ssh-ed25519')));
    execFileSync('ssh-keygen', ['-q', '-H', '-f', knownHosts], { stdio: 'ignore' });
    const text = execFileSync('cat', [knownHosts], { encoding: 'utf8' });
    expect(text).toMatch(/^\|1\|/);
    expect(await connect(text)).toEqual({ code: 'connected' });
  });

  test('patterns and lists of names count', async () => {
    expect(await connect(line(keyOf('ssh-rsa'), `elsewhere,[127.0.0.*]:*`))).toEqual({ code: 'connected' });
  });

  test('a key known for the host without the port is good for this port too, as with ssh', async () => {
    expect(await connect(line(keyOf('ssh-ed25519'), '127.0.0.1'))).toEqual({ code: 'connected' });
    // Another key there says nothing about this port.
    expect(await connect(line(otherKey('ed25519', 'portless'), '127.0.0.1'))).toMatchObject({
      code: 'manager.host-key-unknown',
    });
  });

  test('one right key among several is enough', async () => {
    const text = line(otherKey('ed25519', 'older')) + line(keyOf('ssh-ed25519'));
    expect(await connect(text)).toEqual({ code: 'connected' });
  });

  test('an unknown host is shown with its type and fingerprint, and nothing is sent', async () => {
    expect(await connect('')).toMatchObject({
      code: 'manager.host-key-unknown',
      healing: 'person',
      need: {
        kind: 'host-key-unknown',
        offered: { keyType: 'ssh-ed25519', fingerprint: keyOf('ssh-ed25519').fingerprint },
      },
    });
  });

  test('the fingerprint is the one ssh-keygen prints', async () => {
    writeFileSync(knownHosts, line(keyOf('ssh-ed25519')));
    const printed = execFileSync('ssh-keygen', ['-l', '-f', knownHosts], { encoding: 'utf8' });
    expect(await connect('')).toMatchObject({ need: { offered: { fingerprint: printed.split(' ')[1] } } });
  });

  test('another key of the same type is a change, told with file and line', async () => {
    const other = otherKey('ed25519', 'changed');
    expect(await connect(`# first line\n${line(other)}`)).toMatchObject({
      code: 'manager.host-key-changed',
      healing: 'change',
      message: expect.stringContaining(`${knownHosts}:2`),
      need: {
        kind: 'host-key-changed',
        offered: { fingerprint: keyOf('ssh-ed25519').fingerprint },
        known: [{ keyType: 'ssh-ed25519', from: 'known-hosts', place: `${knownHosts}:2` }],
      },
    });
  });

  test('a key of a type that is not the known one is a change too', async () => {
    await sshd.restart({ hostKeys: ['ecdsa', 'rsa'] });
    try {
      expect(await connect(line(otherKey('ed25519', 'gone')))).toMatchObject({
        code: 'manager.host-key-changed',
      });
    } finally {
      await sshd.restart({ hostKeys: ['ed25519', 'rsa'] });
    }
  });

  test('a revoked key stops everything, even when it is pinned and known', async () => {
    const key = keyOf('ssh-ed25519');
    const text = `@revoked * ${key.keyType} ${key.key}\n${line(key)}`;
    expect(await connect(text, { store: pinsOf(sshd) })).toMatchObject({
      code: 'manager.host-key-revoked',
      healing: 'change',
      need: null,
    });
  });

  test('a certificate authority is refused clearly, with the key to accept instead', async () => {
    const authority = otherKey('ed25519', 'authority');
    const text = `@cert-authority [127.0.0.1]:* ${authority.keyType} ${authority.key}\n`;
    expect(await connect(text)).toMatchObject({
      code: 'manager.host-key-authority',
      message: expect.stringContaining(`${knownHosts}:1`),
      need: { kind: 'host-key-unknown' },
    });
    expect(await connect(text + line(keyOf('ssh-ed25519')))).toEqual({ code: 'connected' });
  });

  test('a pinned key counts more than known_hosts', async () => {
    const store = pinsOf({ host: sshd.host, port: sshd.port, hostKeys: [keyOf('ssh-rsa')] });
    expect(await connect(line(otherKey('ed25519', 'ignored')), { store })).toEqual({ code: 'connected' });
    const other = otherKey('ed25519', 'pinned');
    store.forget(sshd.host, sshd.port);
    const fingerprint = 'SHA256:of-the-other';
    store.pin({ host: sshd.host, port: sshd.port, ...other, fingerprint, acceptedMs: 1 });
    expect(await connect(line(keyOf('ssh-ed25519')), { store })).toMatchObject({
      code: 'manager.host-key-changed',
      need: { known: [{ keyType: 'ssh-ed25519', fingerprint, from: 'accepted', place: null }] },
    });
  });

  test('a fingerprint accepted in a form lets an unknown host through and is handed on to be pinned', async () => {
    const { fingerprint, key, keyType } = keyOf('ssh-ed25519');
    const pinned: PinnedHostKey[] = [];
    const accepted = [fingerprint];
    const onAccepted = (pin: PinnedHostKey) => pinned.push(pin);
    expect(await connect('', { accepted, onAccepted })).toEqual({ code: 'connected' });
    expect(pinned).toMatchObject([{ host: sshd.host, port: sshd.port, keyType, key, fingerprint }]);
    // Never a changed one.
    expect(await connect(line(otherKey('ed25519', 'form')), { accepted })).toMatchObject({
      code: 'manager.host-key-changed',
    });
  });

  test.each([
    ['typed by a person', () => keyOf('ssh-ed25519').fingerprint],
    ['shown by the jump host', () => ({ ...keyOf('ssh-ed25519'), host: sshd.host, port: sshd.port })],
  ])('a key accepted of a jump host (%s) is not good for the manager behind it', async (_how, key) => {
    const trust = createHostKeyTrust({ store: new MemoryHostKeys(), files: [], accepted: [key()] });
    // The jump host answers in the place of the manager.
    const access = accessTo(sshd, { host: 'localhost', jumps: [hopTo(sshd)] });
    await expect(connectSsh(access, sshPorts({ trust }), new AbortController().signal)).rejects.toMatchObject(
      {
        code: 'manager.host-key-unknown',
        need: { offered: { host: 'localhost' } },
      },
    );
  });

  test('two machines of one key are both reached when each was accepted', async () => {
    const { fingerprint } = keyOf('ssh-ed25519');
    const accepted = [sshd.host, 'localhost'].map((host) => ({ host, port: sshd.port, fingerprint }));
    const trust = createHostKeyTrust({ store: new MemoryHostKeys(), files: [], accepted });
    const access = accessTo(sshd, { host: 'localhost', jumps: [hopTo(sshd)] });
    expect(await signIn(access, { trust })).toBeNull();
  });

  test('what an unknown host showed can be pinned by its fingerprint afterwards', async () => {
    const store = new MemoryHostKeys();
    const offered = new OfferedHostKeys();
    const trust = createHostKeyTrust({ store, files: [], offered });
    const ports = sshPorts({ trust, clock: systemClock });
    const { signal } = new AbortController();
    await expect(connectSsh(accessTo(sshd), ports, signal)).rejects.toMatchObject({
      code: 'manager.host-key-unknown',
    });
    const { fingerprint } = keyOf('ssh-ed25519');
    expect(offered.find(sshd.host, sshd.port, 'SHA256:another')).toBeNull();
    const pin = offered.find(sshd.host, sshd.port, fingerprint);
    if (pin) store.pin(pin);
    const session = await connectSsh(accessTo(sshd), ports, signal);
    await session.close();
    expect(store.pinned(sshd.host, sshd.port)).toMatchObject([{ fingerprint }]);
  });
});
