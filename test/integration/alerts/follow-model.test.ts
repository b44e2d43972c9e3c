import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  double,
  integer,
  nat,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';
import { FollowModel, PLAIN_MOVES, type Move } from './follow-model.ts';

const anyMove: Arbitrary<Move> = oneof(
  { weight: 6, arbitrary: record({ kind: constant('append' as const), lines: integer({ min: 1, max: 4 }) }) },
  {
    weight: 1,
    arbitrary: record({ kind: constant('appendLate' as const), lines: integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: record({
      kind: constant('appendPart' as const),
      share: double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constant('compress' as const), choice: nat({ max: 8 }) }) },
  { weight: 9, arbitrary: record({ kind: constantFrom(...PLAIN_MOVES) }) },
  { weight: 4, arbitrary: record({ kind: constant('step' as const) }) },
);

/** Memory-backed where there is such a folder; the ordinary one gives inodes out again, which matters too. */
const ordinary = tmpdir();
const memory = existsSync('/dev/shm') ? '/dev/shm' : ordinary;

test.each([
  { runs: 10_000, folder: memory, where: 'in memory' },
  { runs: 500, folder: ordinary, where: 'on disk' },
])(
  'in $runs random sequences $where of writing, rotating, spoiling and restarting nothing is lost and nothing read twice',
  // Half a minute, and many times that on a machine that is busy with other things.
  { timeout: 900_000 },
  async ({ runs, folder }) => {
    await assert(
      asyncProperty(array(anyMove, { maxLength: 30 }), async (moves) => {
        const { found, expected } = await new FollowModel(folder).run(moves);
        expect(found).toEqual(expected);
      }),
      { numRuns: runs },
    );
  },
);

test('a line that comes late to a file which was empty when it was replaced is read', async () => {
  const moves: readonly Move[] = [
    { kind: 'deleteAndRecreate' },
    { kind: 'step' },
    { kind: 'rest' },
    { kind: 'rotateByDay' },
    { kind: 'append', lines: 1 },
    { kind: 'step' },
    { kind: 'appendLate', lines: 1 },
  ];
  const { found, expected } = await new FollowModel(ordinary).run(moves);
  expect(found).toEqual(expected);
});
