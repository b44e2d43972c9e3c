import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Prompter } from '../../../src-main/cli/prompter.ts';
import { redactor } from '../../../src-main/log/redactor.ts';

/** A terminal as it stands before a program: raw mode is noted, what is shown is kept. */
function aTerminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), {
    isTTY,
    rawModes: [] as boolean[],
    setRawMode(isRaw: boolean) {
      input.rawModes.push(isRaw);
    },
  });
  let shown = '';
  let interrupts = 0;
  const output = { isTTY, write: (text: string) => void (shown += text) };
  const prompter = new Prompter(input, output, () => (interrupts += 1));
  return { input, prompter, shown: () => shown, interrupts: () => interrupts };
}

const { signal } = new AbortController();
const hidden = { isShown: false, signal };

it('a secret is read without showing any of it, with backspace, and the terminal is as before', async () => {
  const { input, prompter, shown } = aTerminal();
  const answer = prompter.ask('Password:', hidden);
  input.write('swoox');
  input.write('\u007F\u007Frdfish\r');
  expect(await answer).toBe('swordfish');
  expect(shown()).toBe('Password: \n');
  expect(input.rawModes).toEqual([true, false]);
});

it('what was typed without showing it appears in no log', async () => {
  const { input, prompter } = aTerminal();
  const answer = prompter.ask('Password:', hidden);
  input.write('correct horse\r');
  await answer;
  expect(redactor.redact('The server said: correct horse?')).toBe('The server said: [redacted]?');
  const user = prompter.ask('User:', { isShown: true, signal });
  input.write('operator-of-fra\r');
  await user;
  expect(redactor.redact('operator-of-fra')).toBe('operator-of-fra');
});

it('what is typed ahead answers the next question', async () => {
  const { input, prompter } = aTerminal();
  const first = prompter.ask('First:', hidden);
  input.write('one\rtwo\r');
  expect(await first).toBe('one');
  expect(await prompter.ask('Second:', hidden)).toBe('two');
});

it('an answer that may be seen is shown, with what a terminal would obey made visible', async () => {
  const { input, prompter, shown } = aTerminal();
  const answer = prompter.ask('Code\u001B[2J:', { isShown: true, signal });
  input.write('12\u009B34\n');
  expect(await answer).toBe('12\u009B34');
  for (const obeyed of ['\u001B', '\u009B']) expect(shown()).not.toContain(obeyed);
  expect(shown()).toContain('12');
});

it('Ctrl-C ends the question and interrupts the command; Ctrl-D and the signal just end it', async () => {
  const { input, prompter, interrupts } = aTerminal();
  const first = prompter.ask('Password:', hidden);
  input.write('sw\u0003');
  expect([await first, interrupts()]).toEqual([null, 1]);
  const second = prompter.ask('Password:', hidden);
  input.write('\u0004');
  expect([await second, interrupts()]).toEqual([null, 1]);
  const controller = new AbortController();
  const third = prompter.ask('Password:', { isShown: false, signal: controller.signal });
  controller.abort();
  expect(await third).toBeNull();
});

it('only yes in full is a yes', async () => {
  const { input, prompter } = aTerminal();
  for (const [typed, accepted] of [
    ['yes', true],
    ['YES ', true],
    ['y', false],
    ['', false],
  ] as const) {
    const answer = prompter.confirm('Accept this key?', signal);
    input.write(`${typed}\r`);
    expect(await answer).toBe(accepted);
  }
});

it('where nobody sits nothing is asked', async () => {
  const { prompter, shown } = aTerminal(false);
  expect(prompter.isPossible).toBe(false);
  expect(await prompter.ask('Password:', hidden)).toBeNull();
  expect(shown()).toBe('');
});
