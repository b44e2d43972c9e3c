import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../../../src-main/app/clock.ts';
import type { PromptNeed } from '../../../../src-main/manager/ssh/ssh-link.ts';
import type { SshAccess } from '../../../../src-shared/domain/connection-profile.ts';
import {
  aPromptingServer,
  type PromptingServer,
  type PromptRound,
} from '../../../builders/a-prompting-server.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';
import { pinsOf, signIn, trustIn } from '../../../builders/ssh-ports.ts';

function prompted({ host, port, user }: PromptingServer): SshAccess {
  const methods = ['keyboard-interactive'] as const;
  return { host, port, user, methods, keyPath: null, jumps: [], allowsLegacyAlgorithms: false };
}

async function answering(
  rounds: readonly PromptRound[],
  options: {
    readonly password?: string;
    readonly answers?: readonly (readonly string[] | null)[];
    readonly clock?: Clock;
    readonly reply?: (signal: AbortSignal) => Promise<readonly string[] | null>;
  },
) {
  const server = await aPromptingServer(rounds);
  onTestFinished(() => server.close());
  const asked: PromptNeed[] = [];
  const replies = [...(options.answers ?? [])];
  const failure = await signIn(prompted(server), {
    trust: trustIn(pinsOf(server)),
    secretFor: async () => options.password ?? null,
    ...(options.clock && { clock: options.clock }),
    ask: async (need, signal) => {
      asked.push(need);
      return options.reply?.(signal) ?? replies.shift() ?? null;
    },
  });
  return { failure, asked, attempts: server.attempts };
}

describe('questions a server asks', () => {
  const password: PromptRound = { prompts: [{ prompt: 'Password: ', echo: false }], answers: ['kept'] };
  const code: PromptRound = {
    title: 'Second factor',
    instructions: 'From your device',
    prompts: [{ prompt: 'Verification code: ', echo: true }],
    answers: ['123456'],
  };

  test('the kept password answers its question, the second factor goes to a person', async () => {
    const { failure, asked } = await answering([password, code], { password: 'kept', answers: [['123456']] });
    expect(failure).toBeNull();
    expect(asked).toMatchObject([
      {
        title: 'Second factor',
        instructions: 'From your device',
        fields: [{ label: 'Verification code:', isShown: true }],
      },
    ]);
  });

  test('a question without end goes to a person, cut, and holds nobody up', async () => {
    const endless = { prompts: [{ prompt: 'a@'.repeat(16_000), echo: false }], answers: ['yes'] };
    const { failure, asked } = await answering([endless], { password: 'kept', answers: [['yes']] });
    expect(failure).toBeNull();
    expect(asked[0]?.fields[0]?.label).toHaveLength(201);
  });

  test('a server that hangs up while a person is asked is not asked anew by itself: it would send codes all night', async () => {
    const server = await aPromptingServer([code]);
    let asked = 0;
    const failure = await signIn(prompted(server), {
      trust: trustIn(pinsOf(server)),
      ask: async (_need, signal) => {
        asked += 1;
        await server.close();
        return signal.aborted
          ? null
          : new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)));
      },
    });
    expect(asked).toBe(1);
    expect(failure).toMatchObject({ code: 'manager.prompt-unanswered', healing: 'change' });
  });

  test('several questions at once are shown at once', async () => {
    const both = { prompts: [...password.prompts, ...code.prompts], answers: ['kept', '123456'] };
    const { failure, asked } = await answering([both], { password: 'kept', answers: [['kept', '123456']] });
    expect(failure).toBeNull();
    expect(asked[0]?.fields).toEqual([
      { label: 'Password:', isShown: false },
      { label: 'Verification code:', isShown: true },
    ]);
  });

  test('a question asked again is not answered with the same password', async () => {
    const { failure, asked, attempts } = await answering([{ ...password, answers: ['other'] }], {
      password: 'kept',
    });
    expect(failure).toMatchObject({ code: 'manager.password-refused', need: { wasRefused: true } });
    expect(asked).toEqual([]);
    expect(attempts.filter((attempt) => attempt === 'kept')).toHaveLength(1);
    const twice = await answering([password, password], { password: 'kept', answers: [['kept']] });
    expect(twice.asked).toHaveLength(1);
    expect(twice.attempts.filter((attempt) => attempt === 'kept')).toHaveLength(2);
  });

  test.each(['One-time password: ', 'New password: ', 'Password and code: ', 'OTP password for verdict: '])(
    '“%s” never gets the kept password',
    async (prompt) => {
      const { attempts } = await answering([{ prompts: [{ prompt, echo: false }], answers: ['x'] }], {
        password: 'kept',
      });
      expect(attempts).not.toContain('kept');
    },
  );

  test('wrong answers are told, and nobody is asked again by itself', async () => {
    const { failure, asked } = await answering([code], { answers: [['000000']] });
    expect(failure).toMatchObject({ code: 'manager.answers-refused', healing: 'change' });
    expect(asked).toHaveLength(1);
  });

  test('the time a person takes does not count against the server', async () => {
    const clock = new ManualClock();
    const slowly = async () => {
      await clock.advance(100_000);
      return ['123456'];
    };
    const { failure } = await answering([code], { clock, reply: slowly });
    expect(failure).toBeNull();
  });

  test('a question that nobody answers is taken back in time', async () => {
    const clock = new ManualClock();
    const never = async (signal: AbortSignal) => {
      setImmediate(() => void clock.advance(120_000));
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return null;
    };
    const { failure } = await answering([code], { clock, reply: never });
    expect(failure).toMatchObject({ code: 'manager.prompt-unanswered', healing: 'change' });
  });

  test('no answer ends the attempt', async () => {
    const { failure } = await answering([code], { answers: [null] });
    expect(failure).toMatchObject({ code: 'manager.prompt-unanswered' });
  });

  test('hostile text is shown for what it is, and cut', async () => {
    const hostile: PromptRound = {
      title: `\u001B[31mroot\u202E${'t'.repeat(500)}`,
      instructions: `line\n\u0007${'i'.repeat(5_000)}`,
      prompts: [{ prompt: `a\r\nb\u200B${'p'.repeat(500)}`, echo: true }],
      answers: ['x'],
    };
    const { asked } = await answering([hostile], { answers: [['x']] });
    const [need] = asked;
    expect(JSON.stringify(need)).not.toMatch(/\\u001b|\u202E|\u200B|\\u0007|\\r/i);
    expect(need?.title.length).toBeLessThanOrEqual(201);
    expect(need?.instructions).toContain('\n');
    expect(need?.instructions.length).toBeLessThanOrEqual(2_001);
    expect(need?.fields[0]?.label.length).toBeLessThanOrEqual(201);
  });

  test('a flood of questions is not shown', async () => {
    const prompts = Array.from({ length: 40 }, (_each, number) => ({ prompt: `${number}: `, echo: true }));
    const { failure, asked } = await answering([{ prompts, answers: ['x'] }], {});
    expect(failure).toMatchObject({ code: 'manager.prompts-senseless' });
    expect(asked).toEqual([]);
  });
});
