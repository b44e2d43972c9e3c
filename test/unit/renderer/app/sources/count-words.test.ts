import { expect, test } from 'vitest';
import { readWords } from '../../../../../src-renderer/app/sources/count-words.ts';
import { NO_COUNTS } from '../../../../../src-shared/domain/counts.ts';

test('one alert is an alert, and none are alerts', () => {
  expect(readWords({ ...NO_COUNTS, alerts: 1 })).toBe('0 FIM events in 1 alert');
  expect(readWords({ ...NO_COUNTS, alerts: 81_118, fimEvents: 4_022 })).toBe(
    '4,022 FIM events in 81,118 alerts',
  );
});
