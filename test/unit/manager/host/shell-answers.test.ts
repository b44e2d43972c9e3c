import { assert, constantFrom, array, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileErrorFrom } from '../../../../src-main/manager/host/shell-messages.ts';
import { StartMark } from '../../../../src-main/manager/host/start-mark.ts';
import { temporaryName } from '../../../../src-main/manager/host/temporary-name.ts';

describe('what programs say about a file', () => {
  test.each([
    ["stat: cannot statx '/a': No such file or directory", 'ENOENT'],
    ["stat: can't stat '/a': No such file or directory", 'ENOENT'],
    ['sh: 1: cannot create /a/b: Directory nonexistent', 'ENOENT'],
    ['cat: /a: Permission denied', 'EACCES'],
    ['cat: /a: Is a directory', 'EISDIR'],
    ["stat: cannot statx '/a/b': Not a directory", 'ENOTDIR'],
    ['cat: write error: No space left on device', 'ENOSPC'],
    ["chown: changing ownership of '/a': Operation not permitted", 'EPERM'],
    ['ln: failed to create hard link: File exists', 'EEXIST'],
    ['something nobody has heard of', 'EIO'],
    ['', 'EIO'],
  ])('%s: %s', (message, code) => {
    expect(fileErrorFrom(message, '/a').code).toBe(code);
  });

  test('endless complaints take no time', () => {
    const started = performance.now();
    const { code, cause } = fileErrorFrom('cat: /a: Permission denied\n'.repeat(40_000), '/a');
    expect(code).toBe('EACCES');
    expect(String(cause).length).toBeLessThan(1_100);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a path that holds such words does not decide', () => {
    const message = "stat: cannot statx '/No such file or directory/x': Permission denied";
    expect(fileErrorFrom(message, '/x').code).toBe('EACCES');
  });
});

describe('where the output of a program begins', () => {
  const greeting = 'Welcome to mgr!\nverdict-desk-star no, not yet';

  test('is found however the output is cut into pieces', () => {
    const whole = Buffer.from(`${greeting}verdict-desk-start 4711\nverdict-desk-start 1\nown output`);
    assert(
      property(array(constantFrom(1, 2, 3, 7, 20, 60), { minLength: 1 }), (sizes) => {
        const mark = new StartMark();
        let output = '';
        for (let at = 0, turn = 0; at < whole.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          output += Buffer.from(mark.take(whole.subarray(at, at + size))).toString();
          at += size;
        }
        expect(output).toBe('verdict-desk-start 1\nown output');
        expect(mark.processId).toBe(4711);
      }),
    );
  });

  test.each(['1', '0', '-1', '12x', '', '99999999999'])(
    'a process number of “%s” is none: a signal to it would reach others',
    (number) => {
      const mark = new StartMark();
      mark.take(Buffer.from(`verdict-desk-start ${number}\n`));
      expect(mark.hasStarted).toBe(true);
      expect(mark.processId).toBe(0);
    },
  );

  test('what a shell says instead is kept', () => {
    const mark = new StartMark();
    expect(mark.take(Buffer.from('This account is currently not available.\n'))).toHaveLength(0);
    expect(mark.hasStarted).toBe(false);
    expect(mark.greeting).toBe('This account is currently not available.');
  });

  test('endless chatter of a shell does not fill the memory', () => {
    const mark = new StartMark();
    for (let round = 0; round < 100; round += 1) mark.take(Buffer.alloc(65_536, 'x'));
    expect(mark.greeting.length).toBeLessThanOrEqual(65_536);
  });
});

describe('the name of a file beside another', () => {
  test('is short, hidden and has no character that means something', () => {
    assert(
      property(string({ unit: 'binary' }), (name) => {
        expect(temporaryName(`/var/ossec/etc/${name}`)).toMatch(/^\.[\w.-]{0,100}\.verdict-[0-9a-f]{16}$/);
      }),
    );
  });
});
