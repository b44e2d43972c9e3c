import { execFileSync, spawnSync } from 'node:child_process';
import { assert, constantFrom, array, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import * as scripts from '../../../src-shared/formats/remote-scripts.ts';
import { quoteArgument, quoteCommand, splitCommand } from '../../../src-shared/formats/shell-quote.ts';

/** What a shell makes of a line: the words that a program would get. */
function wordsReadBy(shell: string, line: string): readonly string[] {
  const output = execFileSync(shell, ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}
const isThere = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

const HOSTILE = [
  '',
  '-',
  '--',
  '-n',
  ' ',
  '\n',
  '\r\n',
  "'",
  '"',
  '\\',
  '\\\\',
  '!',
  '!!',
  '$HOME',
  '$(id)',
  '`id`',
  '${x',
  '*',
  '[a-z]?',
  '~',
  '~root',
  '=ls',
  '{a,b}',
  '#',
  ';',
  '&',
  '|',
  '<',
  '>',
  '\t',
  '\u0001',
  '\u007f',
  'ü',
  '漢',
  '🛡',
  'a=b',
  '^',
  '%',
];
const hostileWord = oneof(
  string({ unit: constantFrom(...HOSTILE, 'a', '/', '.'), maxLength: 12 }),
  string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0')),
);

describe('Quoting for a shell', () => {
  test('plain words stay as they are, so that logs of a manager can be read', () => {
    expect(quoteCommand(['/var/ossec/bin/agent_control', '-l', '-j'])).toBe(
      '/var/ossec/bin/agent_control -l -j',
    );
  });

  test('an empty word stays a word', () => {
    expect(quoteArgument('')).toBe("''");
  });

  test('a NUL is refused with words for people', () => {
    expect(() => quoteArgument('a\0b')).toThrow(DomainError);
  });

  test('half a character has no form in UTF-8 and becomes the replacement character', () => {
    expect(wordsReadBy('sh', quoteArgument('a\uD800b'))).toEqual(['a\uFFFDb']);
  });

  test('sh reads every hostile word back as it was', () => {
    expect(wordsReadBy('sh', quoteCommand(HOSTILE))).toEqual(HOSTILE);
  });

  test('sh reads any list of words back as it was', () => {
    assert(
      property(array(hostileWord, { minLength: 1, maxLength: 30 }), (words) => {
        expect(wordsReadBy('sh', quoteCommand(words))).toEqual(words.map((word) => word.toWellFormed()));
      }),
      { numRuns: 60 },
    );
  });

  test('a line is split into the words that it was made of', () => {
    assert(
      property(array(hostileWord, { maxLength: 8 }), (words) => {
        expect(splitCommand(quoteCommand(words))).toEqual(words.map((word) => word.toWellFormed()));
      }),
    );
  });

  test.each(['a  b', 'a; b', '"a"', 'a $x', "'a", 'a\\', 'a > b', "'a'"])(
    'a line that was made elsewhere is not split: %s',
    (line) => {
      expect(splitCommand(line)).toBeNull();
    },
  );

  describe.each(['dash', 'bash', 'zsh', 'fish', 'tcsh'])('as a login shell %s', (shell) => {
    test('hands every word on as it was', ({ skip }) => {
      skip(!isThere(shell), `${shell} is not installed`);
      const words = HOSTILE.filter((word) => shell !== 'tcsh' || !/[\r\n]/.test(word));
      const line = quoteCommand(['exec', '/bin/sh', '-c', 'printf "%s\\0" "$@"', 'sh', ...words]);
      const output = execFileSync(shell, ['-c', line], { encoding: 'utf8' });
      expect(output.split('\0').slice(0, -1)).toEqual(words);
    });
  });
});

describe('The scripts for managers', () => {
  const all = Object.entries(scripts).filter(([name]) => name.endsWith('_SCRIPT'));

  test.each(all)('%s is one line', (_name, script) => {
    expect(script).not.toMatch(/[\r\n]/);
  });

  describe.each(['dash', 'bash'])('in %s', (shell) => {
    test.for(all)('%s is understood', ([, script], { skip }) => {
      skip(!isThere(shell), `${shell} is not installed`);
      expect(spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8' }).stderr).toBe('');
    });
  });
});
