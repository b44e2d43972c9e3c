import { expect, test } from 'vitest';
import { BoundedCache } from '../../../src-main/store/bounded-cache.ts';
import { digestPlace, digestKeyRange } from '../../../src-main/store/digests.ts';
import { csvField } from '../../../src-main/store/queries/export-rows.ts';
import { storableTime, wholeOrNull } from '../../../src-main/store/storable.ts';
import { digestsOf } from '../../builders/digests.ts';

test('a cache keeps what is used and never grows beyond its capacity', () => {
  const cache = new BoundedCache<number, string>(100);
  for (let key = 0; key < 1000; key++) {
    cache.set(key, `value ${key}`);
    cache.get(7);
  }
  const kept = Array.from({ length: 1000 }, (_, key) => cache.get(key)).filter(
    (value) => value !== undefined,
  );
  expect(cache.get(7)).toBe('value 7');
  expect(kept.length).toBeLessThanOrEqual(100);
});

test('the key range of a hash prefix holds the digests that begin with it and no others', () => {
  const hex = digestsOf('tool').sha256 ?? '';
  for (const length of [1, 4, 11, 12, 13, 64]) {
    const [first, last] = digestKeyRange(hex.slice(0, length));
    expect(digestPlace(hex)[0]).toBeGreaterThanOrEqual(first);
    expect(digestPlace(hex)[0]).toBeLessThanOrEqual(last);
  }
  const [first, last] = digestKeyRange('00ff');
  expect(digestPlace(`0100${'0'.repeat(60)}`)[0]).toBeGreaterThan(last);
  expect(digestPlace(`00fe${'f'.repeat(60)}`)[0]).toBeLessThan(first);
});

test.each([
  ['plain', 'plain'],
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\ttab', "'\ttab"],
  ['＝1', "'＝1"],
  ['/srv/a;=cmd|x', "/srv/a;'=cmd|x"],
  ['/srv/a;b', '/srv/a;b'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['-a\nb', '"\'-a\nb"'],
])('the field %j is exported as %j', (value, field) => {
  expect(csvField(value)).toBe(field);
});

test.each([Number.NaN, -1, 1.5, 1e300, null, undefined])('%s is no count', (value) => {
  expect(wholeOrNull(value)).toBeNull();
});

test('a time beyond the calendar is replaced', () => {
  expect(storableTime(1_795_161_600_000, 1)).toBe(1_795_161_600_000);
  expect(storableTime(9e15, 1)).toBe(1);
});

test('digests that an agent made up with one beginning do not stand in one place', () => {
  const places = Array.from({ length: 1000 }, (_, number) =>
    digestPlace(number.toString(16).padStart(64, '0')),
  );
  expect(new Set(places.map(([key]) => key)).size).toBe(1);
  expect(new Set(places.map(([, mix]) => mix)).size).toBe(1000);
});
