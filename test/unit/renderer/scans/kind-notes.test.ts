import { expect, test } from 'vitest';
import { kindNotes, type Availability } from '../../../../src-renderer/scans/launch/kind-notes.ts';

const ABSENT: Availability = {
  kind: 'critical-areas',
  state: 'absent',
  words: 'not on 10.1',
  basis: 'version',
  agents: 2,
  of: 2,
};

test('a kind that none of the agents has is told with the reason and cannot be chosen', () => {
  expect(kindNotes('critical-areas', [ABSENT])).toMatchObject({ words: 'not on 10.1', isAbsent: true });
});

test('a kind that some have not can be chosen', () => {
  expect(kindNotes('critical-areas', [{ ...ABSENT, agents: 1, of: 3 }])).toMatchObject({
    words: 'not on 1 of 3',
    isAbsent: false,
  });
});

test('nothing is said of a kind that all of them have', () => {
  expect(kindNotes('full', [ABSENT])).toEqual({ words: '', title: '', isAbsent: false });
});
