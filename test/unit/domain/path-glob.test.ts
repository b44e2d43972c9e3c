import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePathGlob } from '../../../src-shared/domain/path-glob.ts';

const matches = (glob: string, path: string): boolean => compilePathGlob(glob)(path);

describe('a path glob', () => {
  it.each([
    ['/srv/secret/', '/srv/secret/a/b.txt', true],
    ['/srv/secret/', '/srv/secrets', false],
    ['/srv/*.tmp', '/srv/a.tmp', true],
    ['/srv/*.tmp', '/srv/a/b.tmp', false],
    ['**/cache/**', '/home/a/cache/b/c', true],
    ['**.log', '/var/log/x.log', true],
    ['/a?c', '/abc', true],
    ['/a?c', '/a/c', false],
    ['/a.c', '/abc', false],
    ['/a?c', '/a😀c', true],
    ['C:/Windows/*', 'c:/windows/notepad.exe', true],
    ['/Windows/*', '/windows/notepad.exe', false],
    ['**', '', true],
    ['', '', true],
    ['', '/', false],
  ])('%s on %s: %s', (glob, path, expected) => expect(matches(glob, path)).toBe(expected));

  it('means what the regular expression of the same form means', () => {
    const glob = array(constantFrom('*', '**', '?', '/', 'a', 'b', '.')).map((parts) => parts.join(''));
    const path = array(constantFrom('/', 'a', 'b', '.', '\n')).map((parts) => parts.join(''));
    assert(
      property(glob, path, (pattern, text) => {
        expect(matches(pattern, text)).toBe(expressionOf(pattern).test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['**/a/**/a/**/a/**/b', '/a'.repeat(20_000)],
    ['**/node_modules/**/cache/**', '/node_modules'.repeat(4000)],
    ['/srv/*-*-*-*-*.tmp', `/srv/${'-'.repeat(40_000)}`],
    ['*a*a*a*a*a*a*b', 'a'.repeat(40_000)],
  ])('takes a moment, not minutes, for %s on a path made to hurt', (glob, path) => {
    const startedAt = performance.now();
    expect(matches(glob, path)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

function expressionOf(glob: string): RegExp {
  const source = glob
    .replaceAll('.', '\\.')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\0', '.*');
  return new RegExp(`^${source}${glob.endsWith('/') ? '.*' : ''}$`, 'su');
}
