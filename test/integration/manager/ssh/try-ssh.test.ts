import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trySsh } from '../../../../src-main/manager/ssh/try-ssh.ts';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo, hopTo, MemoryHostKeys, pinsOf, sshPorts, trustIn } from '../../../builders/ssh-ports.ts';

describe.skipIf(sshdMissing !== null)(`the test of a form (${sshdMissing ?? 'real sshd'})`, () => {
  let manager: Sshd;
  let gate: Sshd;
  beforeAll(async () => {
    [manager, gate] = await Promise.all([anSshd({ lines: ['PasswordAuthentication yes'] }), anSshd()]);
  });
  afterAll(() => Promise.all([manager.stop(), gate.stop()]));

  async function check(access: SshAccess, more: Partial<SshPorts> = {}) {
    const ports = sshPorts({ trust: trustIn(pinsOf(manager, gate)), ...more });
    const { checks, session } = await trySsh(access, ports, new AbortController().signal);
    await session?.close();
    const short = checks.map(({ hop, step, outcome, field }) => [hop, step, outcome, field]);
    return { checks, short, isConnected: session !== null };
  }

  test('every step of every machine is told when all went well', async () => {
    const { short, isConnected } = await check(accessTo(manager, { jumps: [hopTo(gate)] }));
    expect(isConnected).toBe(true);
    expect(short).toEqual([
      [0, 'reach', 'ok', null],
      [0, 'host-key', 'ok', null],
      [0, 'sign-in', 'ok', null],
      [null, 'reach', 'ok', null],
      [null, 'host-key', 'ok', null],
      [null, 'sign-in', 'ok', null],
    ]);
  });

  test('an unknown key stands beside the host, with what to accept; the rest is not tried', async () => {
    const { checks, short, isConnected } = await check(accessTo(manager), {
      trust: trustIn(new MemoryHostKeys()),
    });
    expect(isConnected).toBe(false);
    expect(short).toEqual([
      [null, 'reach', 'ok', null],
      [null, 'host-key', 'needs-you', 'host'],
      [null, 'sign-in', 'skipped', null],
    ]);
    expect(checks[1]?.need).toMatchObject({ kind: 'host-key-unknown' });
  });

  test('a jump host that fails stands beside the jump hosts', async () => {
    const { short } = await check(accessTo(manager, { jumps: [hopTo(gate, { port: 1 })] }));
    expect(short).toEqual([
      [0, 'reach', 'failed', 'jumps'],
      [0, 'host-key', 'skipped', null],
      [0, 'sign-in', 'skipped', null],
      [null, 'reach', 'skipped', null],
      [null, 'host-key', 'skipped', null],
      [null, 'sign-in', 'skipped', null],
    ]);
  });

  test('each way to sign in that came to nothing stands beside its own field', async () => {
    const { checks, short } = await check(
      accessTo(manager, { methods: ['agent', 'key', 'password'], keyPath: '/nowhere/key' }),
    );
    expect(short).toEqual([
      [null, 'reach', 'ok', null],
      [null, 'host-key', 'ok', null],
      [null, 'sign-in', 'needs-you', 'password'],
      [null, 'sign-in', 'failed', 'key'],
      [null, 'sign-in', 'failed', 'method'],
    ]);
    expect(checks[2]?.need).toEqual({ kind: 'secret', secret: 'password', wasRefused: false });
    expect(checks.every(({ outcome, remedy }) => outcome === 'ok' || remedy !== '')).toBe(true);
  });

  test('a test that is given up says so', async () => {
    const ports = sshPorts({ trust: trustIn(pinsOf(manager)) });
    await expect(trySsh(accessTo(manager), ports, AbortSignal.abort())).rejects.toMatchObject({
      code: 'manager.cancelled',
    });
  });
});
