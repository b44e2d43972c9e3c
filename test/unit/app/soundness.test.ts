import { expect, test } from 'vitest';
import { Soundness } from '../../../src-main/app/soundness.ts';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** A reader whose full check ends with this finding. */
function readerFinding(finding: string | null) {
  const questions: string[] = [];
  const ask = async (name: 'integrity') => {
    questions.push(name);
    return finding;
  };
  return { questions, ask };
}

test('a store that was closed in order is not read in full', async () => {
  const reader = readerFinding('damage');
  const soundness = new Soundness();
  await soundness.check({ startCheck: 'sampled', path: 'store.sqlite' }, reader, () => undefined);
  expect(reader.questions).toEqual([]);
  expect(soundness.error).toBeNull();
});

test('damage found after an unclean end is told with what to do', async () => {
  const told: DomainError[] = [];
  const soundness = new Soundness();
  const store = { startCheck: 'full-check-due', path: 'store.sqlite' } as const;
  await soundness.check(store, readerFinding('row 7 missing from index'), (error) => told.push(error));
  expect(told).toEqual([soundness.error]);
  expect(soundness.error).toMatchObject({ code: 'store.damaged' });
  expect(soundness.error?.remedy).not.toBe('');
});

test('a sound store says nothing', async () => {
  const soundness = new Soundness();
  const store = { startCheck: 'full-check-due', path: 'store.sqlite' } as const;
  await soundness.check(store, readerFinding(null), () => expect.unreachable());
  expect(soundness.error).toBeNull();
});
