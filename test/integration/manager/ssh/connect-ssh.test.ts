import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectSsh } from '../../../../src-main/manager/ssh/connect-ssh.ts';
import type { HostKeyTrust } from '../../../../src-main/manager/ssh/host-key-trust.ts';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo, hopTo, pinsOf, signIn, sshPorts, trustIn } from '../../../builders/ssh-ports.ts';

const never = new AbortController().signal;

describe.skipIf(sshdMissing !== null)(`reaching a manager (${sshdMissing ?? 'real sshd'})`, () => {
  let manager: Sshd;
  let gate: Sshd;
  beforeAll(async () => {
    [manager, gate] = await Promise.all([anSshd(), anSshd({ hostKeys: ['ecdsa'] })]);
  });
  afterAll(() => Promise.all([manager.stop(), gate.stop()]));
  const ports = (more: Partial<SshPorts> = {}) =>
    sshPorts({ trust: trustIn(pinsOf(manager, gate)), ...more });

  test('through a chain of jump hosts, each with its own way to sign in', async () => {
    const steps: string[] = [];
    const access = accessTo(manager, {
      jumps: [hopTo(gate), hopTo(manager, { keyPath: manager.encryptedKey.path }), hopTo(gate)],
    });
    const secretFor = async (hop: number | null) => (hop === 1 ? manager.encryptedKey.passphrase : null);
    const session = await connectSsh(access, ports({ secretFor }), never, (at, step) =>
      steps.push(`${at.place ?? 'manager'} ${step}`),
    );
    expect(steps).toEqual(
      ['0', '1', '2', 'manager'].flatMap((place) => [
        `${place} reach`,
        `${place} host-key`,
        `${place} sign-in`,
      ]),
    );
    expect(await session.answers(5_000)).toBe(true);
    await session.close();
    expect(await session.answers(5_000)).toBe(false);
  });

  test('a session is over when a jump host is', async () => {
    const jump = await anSshd();
    onTestFinished(() => jump.stop());
    const trust = trustIn(pinsOf(manager, jump));
    const session = await connectSsh(accessTo(manager, { jumps: [hopTo(jump)] }), sshPorts({ trust }), never);
    await jump.kill();
    await session.closed;
    await expect(session.sftp()).rejects.toMatchObject({ code: 'manager.offline' });
  });

  test('a failure at a jump host names it', async () => {
    const jumps = [hopTo(gate, { keyPath: '/nowhere' })];
    expect(await signIn(accessTo(manager, { jumps }), ports())).toMatchObject({
      code: 'manager.key-missing',
      at: { place: 0 },
      field: 'jumps',
    });
    expect(
      await signIn(accessTo(manager, { jumps: [hopTo(gate), hopTo(gate, { port: 1 })] }), ports()),
    ).toMatchObject({
      code: 'manager.refused',
      message: expect.stringMatching(/^Jump host .* did not reach jump host 127.0.0.1:1/),
      at: { place: 1 },
    });
  });

  test('a jump host that forwards nothing says so', async () => {
    const closed = await anSshd({ lines: ['AllowTcpForwarding no'] });
    onTestFinished(() => closed.stop());
    const trust = trustIn(pinsOf(manager, closed));
    expect(await signIn(accessTo(manager, { jumps: [hopTo(closed)] }), ports({ trust }))).toMatchObject({
      code: 'manager.forwarding-refused',
      at: { place: 0 },
      remedy: expect.stringContaining('AllowTcpForwarding'),
    });
  });

  test('the host key of each machine on the way is looked at', async () => {
    const trust = trustIn(pinsOf(manager));
    expect(await signIn(accessTo(manager, { jumps: [hopTo(gate)] }), ports({ trust }))).toMatchObject({
      code: 'manager.host-key-unknown',
      message: expect.stringContaining('Jump host'),
      need: { offered: { port: gate.port, keyType: 'ecdsa-sha2-nistp256' } },
    });
  });

  test.each([
    ['a name nobody knows', { host: 'manager.invalid' }, 'manager.host-not-found', 'host'],
    ['a port nobody listens on', { port: 1 }, 'manager.refused', 'port'],
  ] as const)('%s', async (_what, changes, code, field) => {
    expect(await signIn(accessTo(manager, changes), ports())).toMatchObject({
      code,
      field,
      step: 'reach',
      healing: 'time',
    });
  });

  test('a server that says nothing is given up', async () => {
    const { port } = await aServer(() => {});
    const timings = { handshakeMs: 50 };
    expect(await signIn(accessTo(manager, { port }), ports({ timings }))).toMatchObject({
      code: 'manager.timed-out',
      message: expect.stringContaining('said nothing'),
    });
  });

  test.each([
    [
      'something else than SSH',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /not-ssh|closed/,
    ],
    ['no word', (socket: Socket) => socket.end(), /closed/],
    ['a reset', (socket: Socket) => socket.resetAndDestroy(), /closed/],
    ['a flood of lines', (socket: Socket) => socket.write('x\r\n'.repeat(5_000)), /not-ssh|handshake|closed/],
    [
      'a line without an end',
      (socket: Socket) => socket.write('SSH-2.0-'.padEnd(100_000, 'x')),
      /not-ssh|handshake|closed/,
    ],
    [
      'a packet of nonsense',
      (socket: Socket) => socket.write(`SSH-2.0-x\r\n${'\u00FF'.repeat(500)}`),
      /handshake|not-ssh|closed/,
    ],
  ])('a server that answers with %s is explained', async (_what, answer, code) => {
    const { port } = await aServer(answer);
    const timings = { handshakeMs: 2_000 };
    expect(await signIn(accessTo(manager, { port }), ports({ timings }))).toMatchObject({
      code: expect.stringMatching(code),
      step: 'reach',
    });
  });

  test('what the server says at parting is shown for what it is', async () => {
    const refusing = await anSshd({ lines: ['DenyUsers *'] });
    onTestFinished(() => refusing.stop());
    const failure = await signIn(accessTo(refusing), ports({ trust: trustIn(pinsOf(refusing)) }));
    expect(failure).toMatchObject({ code: 'manager.key-refused' });
    expect(JSON.stringify(failure)).not.toContain('PRIVATE KEY');
  });

  test('an attempt can be given up at any moment', async () => {
    const { port } = await aServer(() => {});
    const giveUp = new AbortController();
    const attempt = connectSsh(accessTo(manager, { port }), ports(), giveUp.signal);
    giveUp.abort();
    await expect(attempt).rejects.toMatchObject({ code: 'manager.cancelled' });
    await expect(connectSsh(accessTo(manager), ports(), giveUp.signal)).rejects.toMatchObject({
      code: 'manager.cancelled',
    });
  });

  test.each([
    ['was given up while the known hosts were read', (giveUp: AbortController) => giveUp.abort()],
    [
      'could not read them',
      () => {
        throw new Error('EIO');
      },
    ],
  ])('an attempt that %s leaves no connection open', async (_what, meanwhile) => {
    const taken = Promise.withResolvers<Socket>();
    const { port } = await aServer(taken.resolve);
    const giveUp = new AbortController();
    const known = trustIn(pinsOf(manager));
    const trust: HostKeyTrust = {
      ...known,
      expect: async (host, hostPort) => {
        meanwhile(giveUp);
        return known.expect(host, hostPort);
      },
    };
    const attempt = connectSsh(accessTo(manager, { port }), ports({ trust }), giveUp.signal);
    const socket = await taken.promise;
    await Promise.all([once(socket, 'close'), expect(attempt).rejects.toBeInstanceOf(Error)]);
  });

  describe('a server that knows old algorithms only', () => {
    const OLD = ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc', 'MACs hmac-sha1'];
    test.each([
      ['key exchange', [OLD[0] ?? '']],
      ['cipher', [OLD[1] ?? '']],
      ['message authentication', ['Ciphers aes128-ctr', OLD[2] ?? '']],
      ['host key type', ['HostKeyAlgorithms ssh-rsa']],
    ])('is refused for its %s, and accepted with the switch', async (kind, lines) => {
      const old = await anSshd({ hostKeys: ['rsa'], lines });
      onTestFinished(() => old.stop());
      const trust = trustIn(pinsOf(old));
      const access = (changes: Partial<SshAccess>) => signIn(accessTo(old, changes), ports({ trust }));
      expect(await access({})).toMatchObject({
        code: 'manager.no-common-algorithm',
        message: expect.stringContaining(kind),
        remedy: expect.stringContaining('Allow legacy algorithms'),
        healing: 'change',
      });
      expect(await access({ allowsLegacyAlgorithms: true })).toBeNull();
    });
  });

  test('an account for files only gives SFTP, one without SFTP says so', async () => {
    const filesOnly = await anSshd({ isSftpOnly: true });
    const programsOnly = await anSshd({ lines: ['Subsystem sftp /bin/false'] });
    onTestFinished(async () => {
      await Promise.all([filesOnly.stop(), programsOnly.stop()]);
    });
    const trust = trustIn(pinsOf(filesOnly, programsOnly));
    const files = await connectSsh(accessTo(filesOnly), ports({ trust }), never);
    const [first, second] = await Promise.all([files.sftp(), files.sftp()]);
    expect(second).toBe(first);
    // One that ended is opened anew.
    first.end();
    await once(first, 'close');
    expect(await files.sftp()).not.toBe(first);
    await files.close();
    await expect(files.sftp()).rejects.toMatchObject({ code: 'manager.offline' });
    const programs = await connectSsh(accessTo(programsOnly), ports({ trust }), never);
    await expect(programs.sftp()).rejects.toMatchObject({ code: 'manager.no-sftp' });
    await programs.close();
  });
});

/** A TCP server that treats each connection alike. */
async function aServer(treat: (socket: Socket) => unknown): Promise<{ readonly port: number }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.resume();
    treat(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
  return { port: address.port };
}
