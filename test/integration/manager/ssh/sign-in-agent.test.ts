import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import { agentMissing, anSshAgent, type SshAgent } from '../../../builders/an-ssh-agent.ts';
import { anSshd, makeKey, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo, pinsOf, signIn, trustIn } from '../../../builders/ssh-ports.ts';

describe.skipIf(agentMissing !== null)(
  `signing in with an agent (${agentMissing ?? 'real ssh-agent'})`,
  () => {
    let sshd: Sshd;
    let folder: string;
    let agent: SshAgent;
    beforeAll(async () => {
      sshd = await anSshd({ lines: ['MaxAuthTries 3'] });
      agent = await anSshAgent();
      folder = mkdtempSync(join(tmpdir(), 'verdict-desk-keys-'));
    });
    afterAll(async () => {
      await agent.stop();
      await sshd.stop();
      rmSync(folder, { recursive: true });
    });
    beforeEach(() => agent.add('-D'));

    const withAgent = (changes: Partial<SshAccess> = {}, more: Partial<SshPorts> = {}) =>
      signIn(accessTo(sshd, { methods: ['agent'], keyPath: null, ...changes }), {
        trust: trustIn(pinsOf(sshd)),
        agents: [agent.address],
        ...more,
      });
    const strangers = (count: number) => {
      for (let number = 0; number < count; number += 1) {
        const path = join(folder, `stranger-${number}`);
        if (!existsSync(path)) makeKey(path, 'ed25519');
        agent.add(path);
      }
    };

    test('an agent without keys is explained', async () => {
      expect(await withAgent()).toMatchObject({ code: 'manager.agent-empty', field: 'method' });
    });

    test('an agent’s key works, behind others too', async () => {
      strangers(1);
      agent.add(sshd.clientKey.path);
      expect(await withAgent()).toBeNull();
    });

    test('an RSA key of an agent works', async () => {
      const path = join(folder, 'rsa');
      sshd.authorize(makeKey(path, 'rsa'));
      agent.add(path);
      expect(await withAgent()).toBeNull();
    });

    test('keys that the server does not know are counted', async () => {
      strangers(2);
      expect(await withAgent()).toMatchObject({
        code: 'manager.agent-keys-refused',
        message: expect.stringContaining('2 keys'),
      });
    });

    test('too many keys end the connection, and the remedy says why', async () => {
      strangers(4);
      agent.add(sshd.clientKey.path);
      expect(await withAgent()).toMatchObject({ code: 'manager.too-many-failures', healing: 'change' });
    });

    test('the key of the profile goes first when the agent holds it', async () => {
      strangers(4);
      agent.add(sshd.clientKey.path);
      expect(await withAgent({ keyPath: sshd.clientKey.path })).toBeNull();
    });

    test('an agent that is not there, or not one, is explained; the next way is taken', async () => {
      const nowhere = { agents: [join(folder, 'nowhere')] };
      expect(await withAgent({}, nowhere)).toMatchObject({ code: 'manager.agent-unreachable' });
      expect(await withAgent({}, { agents: [] })).toMatchObject({
        code: 'manager.agent-unreachable',
        message: expect.stringContaining('SSH_AUTH_SOCK'),
      });
      const also = { methods: ['agent', 'key'], keyPath: sshd.clientKey.path } as const;
      expect(await withAgent(also, nowhere)).toBeNull();
      // The next address is tried as well: OpenSSH's pipe, then Pageant.
      expect(await withAgent(also, { agents: [join(folder, 'nowhere'), agent.address] })).toBeNull();
    });

    test('a locked agent leaves no key to use', async () => {
      agent.add(sshd.clientKey.path);
      agent.add('-x');
      expect(await withAgent()).toMatchObject({ code: 'manager.agent-empty' });
      agent.add('-X');
      expect(await withAgent()).toBeNull();
    });
  },
);
