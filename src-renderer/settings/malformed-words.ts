import type { MalformedReason } from '../../src-shared/domain/alert.ts';

export const MALFORMED_WORDS: Readonly<Record<MalformedReason, string>> = {
  'not-json': 'Not JSON',
  'not-an-alert': 'Not an alert',
  oversized: 'Longer than 1 MiB',
  'nul-bytes': 'Holds NUL bytes',
  truncated: 'Cut off',
};
