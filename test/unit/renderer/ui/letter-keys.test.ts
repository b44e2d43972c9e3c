import { expect, test } from 'vitest';
import { letterOf, stepOf } from '../../../../src-renderer/ui/letter-keys.ts';

const press = (key: string, chord = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...chord });

test('a letter is the same with caps lock on', () => {
  expect(letterOf(press('X'))).toBe('x');
});

test('a chord is no letter: it belongs to the browser', () => {
  expect(letterOf(press('x', { ctrlKey: true }))).toBeNull();
  expect(stepOf(press('j', { metaKey: true }))).toBeNull();
});

test('J steps to the next row, K to the one before, and no other key does', () => {
  expect(stepOf(press('j'))).toBe(1);
  expect(stepOf(press('k'))).toBe(-1);
  expect(stepOf(press('x'))).toBeNull();
  expect(stepOf(press('ArrowDown'))).toBeNull();
});
