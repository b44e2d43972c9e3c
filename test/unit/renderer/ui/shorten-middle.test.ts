import { expect, test } from 'vitest';
import { shortenMiddle } from '../../../../src-renderer/ui/shorten-middle.ts';

test('a text that fits stays as it is', () => {
  expect(shortenMiddle('/srv/a.exe', 10)).toBe('/srv/a.exe');
});

test('a long one keeps its beginning and its end', () => {
  expect(shortenMiddle('/srv/upload/invoice.exe', 11)).toBe('/srv/…e.exe');
});

test('characters outside the basic plane are not torn', () => {
  expect(shortenMiddle('🧾🧾🧾🧾🧾🧾', 3)).toBe('🧾…🧾');
});
