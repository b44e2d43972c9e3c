import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import type { ManagerHost, RunRequest } from '../../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../../src-main/manager/host/root-access.ts';
import {
  createHandOver,
  type HandOverTarget,
} from '../../../../src-main/manager/publish/create-hand-over.ts';
import { queueWriterCommand } from '../../../../src-shared/formats/queue-writers.ts';
import { aProfile } from '../../../builders/a-profile.ts';
import { aQueueSocket, queueSocketMissing } from '../../../builders/a-queue-socket.ts';
import { accountsImpossible, aThrowAwayAccount } from '../../../builders/a-throw-away-account.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';

const never = new AbortController().signal;
const EVENT = '{"virustotal": {"found": 1, "source": {"file": "/srv/x"}}, "integration": "virustotal"}';
const AGENT = { id: '001', name: 'web-01', ip: '2001:db8::5' };
const HERE = new LocalHost('this machine', NO_ROOT_ACCESS);

async function aQueue(path?: string) {
  const queue = await aQueueSocket(path);
  onTestFinished(() => queue.remove());
  return queue;
}

function target(host: ManagerHost, prefix: string, changes: Partial<HandOverTarget> = {}): HandOverTarget {
  const profile = aProfile({ name: 'fra', publishing: 'socket' });
  return { profile, host, api: null, prefix, version: '4.14.7', ...changes };
}

/** What was run on the machine. */
function recording(host: ManagerHost): { readonly host: ManagerHost; readonly requests: RunRequest[] } {
  const requests: RunRequest[] = [];
  const run = (request: RunRequest) => {
    requests.push(request);
    return host.run(request);
  };
  return { requests, host: Object.assign(Object.create(host), { run, hasShell: () => host.hasShell() }) };
}

describe.skipIf(queueSocketMissing)(
  `the queue of a manager on this machine ${queueSocketMissing ?? ''}`,
  () => {
    test('gets the message, byte for byte, by the queue and the escaping of its version', async () => {
      const [new_, old] = [await aQueue(), await aQueue('queue/ossec/queue')];
      const handOver = createHandOver();
      await handOver(target(HERE, new_.prefix), { event: EVENT, agent: AGENT }, never);
      await handOver(target(HERE, new_.prefix), { event: EVENT, agent: null }, never);
      await handOver(target(HERE, old.prefix, { version: '4.1.5' }), { event: EVENT, agent: AGENT }, never);
      expect(await new_.received(2)).toEqual([
        `1:[001] (web-01) 2001|:db8|:|:5->virustotal:${EVENT}`,
        `1:virustotal:${EVENT}`,
      ]);
      expect(await old.received(1)).toEqual([`1:[001] (web-01) any->virustotal:${EVENT}`]);
    });

    test('takes 65,535 bytes; one more is refused before anything leaves', async () => {
      const queue = await aQueue();
      const handOver = createHandOver();
      const event = 'x'.repeat(65_535 - '1:virustotal:'.length);
      await handOver(target(HERE, queue.prefix), { event, agent: null }, never);
      expect((await queue.received(1))[0]).toHaveLength(65_535);
      const larger = handOver(target(HERE, queue.prefix), { event: `${event}x`, agent: null }, never);
      await expect(larger).rejects.toMatchObject({ code: 'publishing.too-large' });
    });

    test('hostile texts arrive as they are and start nothing; no argument holds them', async () => {
      const queue = await aQueue();
      const { host, requests } = recording(HERE);
      const event = String.raw`{"file": "'; touch /tmp/x; $(id) \u0000 ü |:"}`;
      await createHandOver()(
        target(host, queue.prefix),
        { event, agent: { ...AGENT, name: "`id` 'x'" } },
        never,
      );
      expect(await queue.received(1)).toEqual([`1:[001] (\`id\` 'x') 2001|:db8|:|:5->virustotal:${event}`]);
      expect(requests.flatMap(({ argv }) => argv).join(' ')).not.toContain('touch');
    });

    test('says who does not know the name or address of the agent', async () => {
      const queue = await aQueue();
      const notes: string[] = [];
      const handOver = createHandOver((profile, note) => notes.push(`${profile}: ${note}`));
      await handOver(target(HERE, queue.prefix), { event: EVENT, agent: { ...AGENT, id: null } }, never);
      expect(notes).toEqual([
        'fra: The number of the agent is not known. The alert will belong to the manager.',
      ]);
    });

    test('the first program that is there is found once and used from then on, the manager’s own Python first', async () => {
      const queue = await aQueue();
      const { host, requests } = recording(HERE);
      const handOver = createHandOver();
      for (const _ of [1, 2])
        await handOver(target(host, queue.prefix), { event: EVENT, agent: null }, never);
      const programs = requests.map(({ argv }) => argv[0]);
      expect(programs[0]).toBe(join(queue.prefix, 'framework/python/bin/python3'));
      expect(programs.at(-1)).toBe(programs.at(-2));
      const python = join(queue.prefix, 'framework/python/bin');
      mkdirSync(python, { recursive: true });
      writeFileSync(join(python, 'python3'), "#!/bin/sh\nexec /usr/bin/perl -e 'exit 3'\n", { mode: 0o755 });
      const failing = createHandOver()(target(HERE, queue.prefix), { event: EVENT, agent: null }, never);
      await expect(failing).rejects.toMatchObject({ code: 'publishing.not-written' });
    });

    test('nobody reads the queue: refused, not taken for done', async () => {
      const queue = await aQueue();
      const send = () => createHandOver()(target(HERE, queue.prefix), { event: EVENT, agent: null }, never);
      await queue.stop();
      await expect(send()).rejects.toMatchObject({ code: 'publishing.queue-away' });
      rmSync(queue.path);
      await expect(send()).rejects.toMatchObject({ code: 'publishing.queue-away' });
    });

    test('what cannot be published at all is refused in words', async () => {
      const outcome = { event: EVENT, agent: null };
      const refused = (changes: Partial<HandOverTarget>) =>
        createHandOver()(target(HERE, '/var/ossec', changes), outcome, never);
      await expect(refused({ version: '5.0.0' })).rejects.toMatchObject({ code: 'publishing.not-possible' });
      await expect(refused({ prefix: null })).rejects.toMatchObject({ code: 'publishing.no-prefix' });
      await expect(refused({ host: null })).rejects.toMatchObject({ code: 'publishing.no-way' });
      const off = aProfile({ publishing: 'off' });
      await expect(refused({ profile: off })).rejects.toMatchObject({ code: 'publishing.off' });
    });
  },
);

function pathOf(program: string): string | null {
  const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

describe.skipIf(queueSocketMissing)(`each program that can write ${queueSocketMissing ?? ''}`, () => {
  for (const writer of ['python3', 'perl', 'socat'] as const) {
    const path = pathOf(writer);
    test(`${writer} writes the largest message whole`, async ({ skip }) => {
      skip(path === null, `${writer} is not installed`);
      const queue = await aQueue('queue, of: a!manager');
      const argv = queueWriterCommand(writer, path ?? '', queue.path);
      const result = await HERE.run({ argv, input: 'y'.repeat(65_535) });
      expect([result.exitCode, Buffer.from(result.stderr).toString()]).toEqual([0, '']);
      expect((await queue.received(1))[0]).toHaveLength(65_535);
    });
  }
});

const missing = sshdMissing ?? queueSocketMissing;
describe.skipIf(missing)(`the queue of a manager over a real sshd ${missing ?? ''}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
  });
  afterAll(() => sshd.stop());

  test('gets the largest message whole', async () => {
    const queue = await aQueue();
    const { host, close } = await anSshHost(sshd);
    onTestFinished(close);
    const event = 'é'.repeat(32_000);
    await createHandOver()(target(host, queue.prefix), { event, agent: AGENT }, never);
    expect(await queue.received(1)).toEqual([`1:[001] (web-01) 2001|:db8|:|:5->virustotal:${event}`]);
  });

  test('a connection that is away before the message left says so; nothing is unsure then', async () => {
    const { host, link, close } = await anSshHost(sshd);
    onTestFinished(close);
    await link.stop();
    const sent = createHandOver()(target(host, '/var/ossec'), { event: EVENT, agent: null }, never);
    await expect(sent).rejects.toMatchObject({ code: 'manager.offline' });
  });

  test('an account outside the manager’s group is refused with the group; sudo is asked only then', async ({
    skip,
  }) => {
    skip(accountsImpossible !== null, accountsImpossible ?? '');
    const account = aThrowAwayAccount();
    onTestFinished(() => account.remove());
    const queue = await aQueue();
    chmodSync(queue.path, 0o600);
    const { host, close } = await anSshHost(sshd, { access: { user: account.user } });
    onTestFinished(close);
    const outcome = { event: EVENT, agent: null };
    const sent = createHandOver()(target(host, queue.prefix), outcome, never);
    await expect(sent).rejects.toMatchObject({
      code: 'publishing.not-allowed',
      remedy: expect.stringContaining('usermod -aG wazuh'),
    });
    const recorded = recording(host);
    const profile = aProfile({ publishing: 'socket', elevation: 'sudo' });
    const byRoot = createHandOver()(target(recorded.host, queue.prefix, { profile }), outcome, never);
    await expect(byRoot).rejects.toMatchObject({ code: expect.stringMatching(/^manager\./) });
    expect(recorded.requests.map(({ asRoot }) => asRoot)).toEqual([
      ...recorded.requests.slice(0, -1).map(() => false),
      true,
    ]);
  });

  test('root writes where only root may', async ({ skip }) => {
    skip(userInfo().uid !== 0, 'only root has a queue of its own');
    const queue = await aQueue();
    chmodSync(queue.path, 0o600);
    const { host, close } = await anSshHost(sshd);
    onTestFinished(close);
    const profile = aProfile({ publishing: 'socket', elevation: 'sudo' });
    await createHandOver()(target(host, queue.prefix, { profile }), { event: EVENT, agent: null }, never);
    expect(await queue.received(1)).toHaveLength(1);
  });
});
