import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { RefusedSecrets } from '../../../../src-main/manager/ssh/refused-secrets.ts';
import type { PromptNeed } from '../../../../src-main/manager/ssh/ssh-link.ts';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import {
  accountsImpossible,
  aThrowAwayAccount,
  type ThrowAwayAccount,
} from '../../../builders/a-throw-away-account.ts';
import { agentMissing, anSshAgent } from '../../../builders/an-ssh-agent.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo, pinsOf, signIn, trustIn } from '../../../builders/ssh-ports.ts';

/** How often something was sent, as sshd counts. */
const failedPasswords = (log: string, user: string) => log.split(`Failed password for ${user}`).length - 1;

const passwordsMissing = sshdMissing ?? accountsImpossible;
describe.skipIf(passwordsMissing !== null)(
  `signing in with a password (${passwordsMissing ?? 'real sshd'})`,
  () => {
    let sshd: Sshd;
    let account: ThrowAwayAccount;
    beforeAll(async () => {
      account = aThrowAwayAccount();
      sshd = await anSshd({
        lines: ['UsePAM yes', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication yes'],
      });
    });
    afterAll(async () => {
      await sshd.stop();
      account.remove();
    });
    const access = (changes: Partial<SshAccess> = {}) =>
      accessTo(sshd, { user: account.user, methods: ['password'], keyPath: null, ...changes });
    const kept = (password: string | null, more: Partial<SshPorts> = {}) => ({
      trust: trustIn(pinsOf(sshd)),
      secretFor: async () => password,
      ...more,
    });

    test('the kept password works', async () => {
      expect(await signIn(access(), kept(account.password))).toBeNull();
    });

    test('a password that is not kept is asked for', async () => {
      expect(await signIn(access(), kept(null))).toMatchObject({
        code: 'manager.password-missing',
        field: 'password',
        need: { kind: 'secret', secret: 'password', wasRefused: false },
      });
    });

    test('a wrong password is sent exactly once, by whatever ways, however often it is tried', async () => {
      const refused = new RefusedSecrets();
      const before = sshd.log();
      const ways = access({ methods: ['password', 'keyboard-interactive'] });
      const wrong = kept('wrong one', { refused });
      expect(await signIn(access(), wrong)).toMatchObject({
        code: 'manager.password-refused',
        need: { kind: 'secret', secret: 'password', wasRefused: true },
      });
      await signIn(access(), wrong);
      await signIn(ways, wrong);
      const log = sshd.log().slice(before.length);
      expect(failedPasswords(log, account.user)).toBe(1);
      expect(log).not.toContain('Failed keyboard-interactive');
      // Another one is sent.
      expect(await signIn(access(), kept(account.password, { refused }))).toBeNull();
    });

    test('neither message nor cause holds the password', async () => {
      const failure = await signIn(access(), kept('s3cret-and-wrong'));
      expect(JSON.stringify([failure, String(failure)])).not.toContain('s3cret-and-wrong');
    });

    test('PAM’s lone question is answered with the kept password', async () => {
      const asked: PromptNeed[] = [];
      const ask = async (need: PromptNeed) => {
        asked.push(need);
        return null;
      };
      const interactive = access({ methods: ['keyboard-interactive'] });
      expect(await signIn(interactive, kept(account.password, { ask }))).toBeNull();
      expect(asked).toEqual([]);
    });

    test('without a kept password a person is asked', async () => {
      const asked: PromptNeed[] = [];
      const ask = async (need: PromptNeed) => {
        asked.push(need);
        return [account.password];
      };
      expect(await signIn(access({ methods: ['keyboard-interactive'] }), kept(null, { ask }))).toBeNull();
      expect(asked).toMatchObject([
        { kind: 'prompt', asker: `127.0.0.1:${sshd.port}`, fields: [{ label: 'Password:', isShown: false }] },
      ]);
    });

    test.each([
      ['a key file', { methods: ['key', 'password'] }],
      ['a key file and questions', { methods: ['key', 'keyboard-interactive'] }],
    ] as const)('two factors, %s first, are gone through in one sign-in', async (_what, changes) => {
      const second = changes.methods[1];
      await sshd.restart({
        lines: [
          'UsePAM yes',
          'PasswordAuthentication yes',
          'KbdInteractiveAuthentication yes',
          `AuthenticationMethods publickey,${second}`,
        ],
      });
      const both = access({ ...changes, keyPath: sshd.clientKey.path });
      expect(await signIn(both, kept(account.password))).toBeNull();
      expect(
        await signIn(access({ methods: [changes.methods[0]], keyPath: sshd.clientKey.path }), kept(null)),
      ).toMatchObject({ code: 'manager.no-method-left', message: expect.stringContaining(second) });
    });

    test('an agent’s key may be the first of two factors', async ({ skip }) => {
      skip(agentMissing !== null, agentMissing ?? '');
      const agent = await anSshAgent();
      onTestFinished(() => agent.stop());
      agent.add(sshd.clientKey.path);
      await sshd.restart({
        lines: ['UsePAM yes', 'PasswordAuthentication yes', 'AuthenticationMethods publickey,password'],
      });
      const both = access({ methods: ['agent', 'password'] });
      expect(await signIn(both, kept(account.password, { agents: [agent.address] }))).toBeNull();
    });
  },
);
