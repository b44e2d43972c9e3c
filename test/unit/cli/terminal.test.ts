import { expect, test } from 'vitest';
import { Terminal } from '../../../src-main/cli/terminal.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** Sets the title, colours what follows (C0 and C1), turns the direction, hides a tag character. */
const HOSTILE = '/tmp/\u001B]0;title\u0007\u001B[31mred\u009B0m\u202Egnp.exe\u{E0041}';
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}]/u;

function aTerminal(isTTY: boolean) {
  const written = { out: '', err: '' };
  const streamTo = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  return { terminal: new Terminal(true, streamTo('out'), streamTo('err')), written };
}

test('lines, remarks and failures show what a terminal would obey', () => {
  const { terminal, written } = aTerminal(true);
  terminal.line(HOSTILE);
  terminal.note(HOSTILE);
  terminal.failure(new DomainError('usage.test', `${HOSTILE} is not there.`, 'Check it.'));
  terminal.failure(new Error(HOSTILE));
  expect(written.out).not.toMatch(OBEYED);
  expect(written.err).not.toMatch(OBEYED);
  expect(written.err).toContain('␛[31mred');
});

test('JSON keeps every character, as an escape where a terminal would obey it', () => {
  const { terminal, written } = aTerminal(true);
  terminal.json({ path: HOSTILE });
  expect(written.out).not.toMatch(OBEYED);
  expect(JSON.parse(written.out)).toEqual({ path: HOSTILE });
});

test('an array of JSON is written so too, and is empty without values', () => {
  const { terminal, written } = aTerminal(false);
  terminal.jsonArray([{ path: HOSTILE }, 2]);
  expect(written.out).not.toMatch(OBEYED);
  expect(JSON.parse(written.out)).toEqual([{ path: HOSTILE }, 2]);
  const empty = aTerminal(false);
  empty.terminal.jsonArray([]);
  expect(JSON.parse(empty.written.out)).toEqual([]);
});

test('data goes to a file or a pipe to the letter, to a terminal made visible', () => {
  const piped = aTerminal(false);
  piped.terminal.data(HOSTILE);
  expect(piped.written.out).toBe(`${HOSTILE}\n`);
  const shown = aTerminal(true);
  shown.terminal.data(HOSTILE);
  expect(shown.written.out).not.toMatch(OBEYED);
});
