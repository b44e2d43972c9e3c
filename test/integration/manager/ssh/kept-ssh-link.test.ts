import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../src-main/app/clock.ts';
import { KeptSshLink, type KeptSshLinkOptions } from '../../../../src-main/manager/ssh/kept-ssh-link.ts';
import type { SshLink } from '../../../../src-main/manager/ssh/ssh-link.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import type { ConnectionState, WayStatus } from '../../../../src-shared/ipc/connections.ts';
import { aPromptingServer } from '../../../builders/a-prompting-server.ts';
import { aStallingProxy } from '../../../builders/a-stalling-proxy.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';
import { accessTo, MemoryHostKeys, pinsOf, sshPorts, trustIn } from '../../../builders/ssh-ports.ts';

describe.skipIf(sshdMissing !== null)(`a connection that is kept up (${sshdMissing ?? 'real sshd'})`, () => {
  let sshd: Sshd;
  const links: KeptSshLink[] = [];
  beforeAll(async () => (sshd = await anSshd()));
  afterAll(() => sshd.stop());
  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.stop()));
    await sshd.restart();
  });

  function keepUp(
    access: SshAccess,
    ports: Partial<KeptSshLinkOptions['ports']> = {},
    random = () => 0,
  ): KeptSshLink {
    const trust = ports.trust ?? trustIn(pinsOf(sshd));
    const link = new KeptSshLink({ access, ports: sshPorts({ ...ports, trust }), random });
    links.push(link);
    return link;
  }

  async function keepUpThroughProxy(ports: Partial<KeptSshLinkOptions['ports']> = {}) {
    const proxy = await aStallingProxy(sshd.port);
    onTestFinished(() => proxy.close());
    const pins = pinsOf({ host: proxy.host, port: proxy.port, hostKeys: sshd.hostKeys });
    const link = keepUp(accessTo(sshd, { port: proxy.port }), { trust: trustIn(pins), ...ports });
    return { proxy, link };
  }

  test('is off until it is started, then connected', async () => {
    const link = keepUp(accessTo(sshd));
    expect(link.status.state).toBe('off');
    await expect(link.session()).rejects.toMatchObject({ code: 'manager.offline' });
    link.start();
    const session = await link.session();
    expect(link.status).toMatchObject({ state: 'connected', error: null, need: null, retryAt: null });
    expect(await readFolder(session)).toContain('etc');
    await link.stop();
    expect(link.status.state).toBe('off');
  });

  test('tells of a connection before those who wait for it go on', async () => {
    const link = keepUp(accessTo(sshd));
    const order: string[] = [];
    link.onConnected(() => order.push('told'));
    link.start();
    await Promise.all([
      link.session().then(() => order.push('waited')),
      link.session().then(() => order.push('waited')),
    ]);
    expect(order).toEqual(['told', 'waited', 'waited']);
  });

  test('comes back by itself after the server was killed', async () => {
    const link = keepUp(accessTo(sshd));
    link.start();
    const before = await link.session();
    await sshd.kill();
    await before.closed;
    await isState(link, 'waiting');
    expect(link.status.error?.code).toMatch(/^manager\.(connection-lost|refused)$/);
    await expect(link.session()).rejects.toMatchObject({ code: 'manager.offline' });
    await sshd.restart();
    await isState(link, 'connected');
    const after = await link.session();
    expect(after).not.toBe(before);
    expect(await readFolder(after)).toContain('etc');
  });

  test('notices a network that stalls, though nothing was closed', async () => {
    const { proxy, link } = await keepUpThroughProxy({
      timings: { keepaliveMs: 50, keepaliveCount: 3, connectMs: 1_000, handshakeMs: 2_000 },
    });
    link.start();
    const session = await link.session();
    proxy.stall();
    await session.closed;
    await isState(link, 'waiting');
    expect(link.status.error?.message).toMatch(/stopped answering|said nothing/);
    proxy.resume();
    await isState(link, 'connected');
  });

  test('ends behind a network that stalls, without waiting for an answer', async () => {
    const { proxy, link } = await keepUpThroughProxy();
    link.start();
    await link.session();
    proxy.stall();
    await link.stop();
    expect(link.status.state).toBe('off');
  });

  test('waits longer after each failure, up to a minute', async () => {
    const clock = new ManualClock();
    const link = keepUp(accessTo(sshd, { port: 1 }), { clock }, () => 1);
    link.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await isState(link, 'waiting');
      const waitMs = Date.parse(link.status.retryAt ?? '') - clock.now();
      waits.push(waitMs);
      const tried = nextState(link, 'connecting');
      await clock.advance(waitMs);
      await tried;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  test('tries at once when it is told to', async () => {
    const clock = new ManualClock();
    await sshd.kill();
    const link = keepUp(accessTo(sshd), { clock }, () => 1);
    link.start();
    await isState(link, 'waiting');
    await sshd.restart();
    link.retry();
    await link.session();
    expect(link.status.state).toBe('connected');
  });

  test('waits for a person when the host key is unknown, and goes on once it is accepted', async () => {
    const store = new MemoryHostKeys();
    const link = keepUp(accessTo(sshd), { trust: trustIn(store) });
    link.start();
    await isState(link, 'needs-you');
    const [key] = sshd.hostKeys;
    expect(link.status.need).toMatchObject({
      kind: 'host-key-unknown',
      offered: { host: sshd.host, port: sshd.port, keyType: 'ssh-ed25519', fingerprint: key?.fingerprint },
    });
    if (key) store.pin({ host: sshd.host, port: sshd.port, ...key, acceptedMs: 0 });
    link.retry();
    await link.session();
  });

  test('stops hard when the key changed after a restart', async () => {
    const store = pinsOf(sshd);
    const link = keepUp(accessTo(sshd), { trust: trustIn(store) });
    link.start();
    const session = await link.session();
    await sshd.restart({ hostKeys: ['ed25519'] });
    await session.closed;
    await isState(link, 'stopped');
    expect(link.status.error?.code).toBe('manager.host-key-changed');
    expect(link.status.need).toMatchObject({
      kind: 'host-key-changed',
      offered: { fingerprint: sshd.hostKeys[0]?.fingerprint },
    });
    const signedIn = signInsOf(sshd);
    link.retry();
    await isState(link, 'stopped');
    expect(signInsOf(sshd)).toBe(signedIn);
  });

  test('asks for a passphrase that is not kept, and goes on once it is given', async () => {
    let passphrase: string | null = null;
    const link = keepUp(accessTo(sshd, { keyPath: sshd.encryptedKey.path }), {
      secretFor: async () => passphrase,
    });
    link.start();
    await isState(link, 'needs-you');
    expect(link.status.need).toEqual({ kind: 'secret', secret: 'passphrase', wasRefused: false });
    passphrase = sshd.encryptedKey.passphrase;
    link.retry();
    await link.session();
  });

  test('waits for what is missing without trying by itself, also after a sleep', async () => {
    const clock = new ManualClock();
    const link = keepUp(accessTo(sshd, { keyPath: '/nowhere/key' }), { clock });
    link.start();
    await isState(link, 'stopped');
    const attempts = connectionsOf(sshd);
    clock.setBack(-3_600_000);
    await clock.advance(24 * 3_600_000);
    expect(link.status.state).toBe('stopped');
    expect(connectionsOf(sshd)).toBe(attempts);
  });

  test('shows a server’s question and hands the answer on', async () => {
    const prompts = [{ prompt: 'Code: ', echo: true }];
    const server = await aPromptingServer([{ prompts, answers: ['123456'] }]);
    onTestFinished(() => server.close());
    const access = accessTo({ ...server, clientKey: sshd.clientKey }, { methods: ['keyboard-interactive'] });
    const link = keepUp(access, { trust: trustIn(pinsOf(server)) });
    link.start();
    const { need } = await isState(link, 'needs-you');
    const promptId = need?.kind === 'prompt' ? need.promptId : '';
    expect(need).toMatchObject({ kind: 'prompt', fields: [{ label: 'Code:', isShown: true }] });
    expect(link.answerPrompt('another', ['123456'])).toBe(false);
    expect(link.answerPrompt(promptId, [])).toBe(false);
    expect(link.answerPrompt(promptId, ['123456'])).toBe(true);
    await link.session();
    expect(link.answerPrompt(promptId, ['123456'])).toBe(false);
  });

  test('a question that nobody answers stops it; being told to try, it asks again', async () => {
    const clock = new ManualClock();
    const server = await aPromptingServer([{ prompts: [{ prompt: 'Code: ' }], answers: ['123456'] }]);
    onTestFinished(() => server.close());
    const access = accessTo({ ...server, clientKey: sshd.clientKey }, { methods: ['keyboard-interactive'] });
    const link = keepUp(access, { clock, trust: trustIn(pinsOf(server)) });
    link.start();
    await isState(link, 'needs-you');
    await clock.advance(115_000);
    await isState(link, 'stopped');
    expect(link.status).toMatchObject({ need: null, error: { code: 'manager.prompt-unanswered' } });
    link.retry();
    await isState(link, 'needs-you');
  });

  test('asks a connection whether it is still there after the computer slept', async () => {
    const clock = new ManualClock();
    // Keepalives would take half a minute to notice.
    const { proxy, link } = await keepUpThroughProxy({ clock });
    link.start();
    const session = await link.session();
    proxy.cut();
    await session.closed;
    await isState(link, 'waiting');
    // Asleep: the time goes on, timers do not.
    clock.setBack(-3_600_000);
    await clock.advance(10_000);
    expect(await link.session()).not.toBe(session);
  });

  test('a connection that does not answer after the sleep is given up and made anew', async () => {
    const clock = new ManualClock();
    const { proxy, link } = await keepUpThroughProxy({ clock });
    link.start();
    const session = await link.session();
    proxy.stall();
    clock.setBack(-3_600_000);
    await clock.advance(10_000);
    await clock.advance(5_000);
    await session.closed;
    proxy.resume();
    const next = await link.session();
    expect(next).not.toBe(session);
  });

  test('can be stopped while it connects, and started again', async () => {
    const link = keepUp(accessTo(sshd));
    link.start();
    const waiting = link.session();
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'manager.offline' }), link.stop()]);
    link.start();
    await link.session();
    expect(link.status.state).toBe('connected');
  });

  test('who waits for a connection may give up', async () => {
    const proxy = await aStallingProxy(sshd.port);
    onTestFinished(() => proxy.close());
    proxy.stall();
    const link = keepUp(accessTo(sshd, { port: proxy.port }), { clock: systemClock });
    link.start();
    const patience = new AbortController();
    const waiting = link.session(patience.signal);
    patience.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'manager.cancelled' });
  });
});

/** Waits until the link is in that state. */
function isState(link: SshLink, state: ConnectionState): Promise<WayStatus> {
  return link.status.state === state ? Promise.resolve(link.status) : nextState(link, state);
}

function nextState(link: SshLink, state: ConnectionState): Promise<WayStatus> {
  return new Promise((resolve) => {
    const leave = link.onStatus((status) => {
      if (status.state !== state) return;
      leave();
      resolve(status);
    });
  });
}

async function readFolder(session: Awaited<ReturnType<SshLink['session']>>): Promise<string[]> {
  const sftp = await session.sftp();
  return new Promise((resolve, reject) =>
    sftp.readdir('/', (error, list) =>
      error ? reject(error) : resolve(list.map((entry) => entry.filename)),
    ),
  );
}

const connectionsOf = (sshd: Sshd): number => sshd.log().split('Connection from ').length;
const signInsOf = (sshd: Sshd): number => sshd.log().split('publickey for').length;
