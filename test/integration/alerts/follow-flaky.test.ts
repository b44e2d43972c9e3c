import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';
import { FlakyHost, type FlakyHostOptions } from '../../builders/a-flaky-host.ts';
import { FollowModel, PLAIN_MOVES, type Move } from './follow-model.ts';

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What a manager itself does to its files. */
const MANAGERS_MOVES = [
  'finish',
  'rotateByDay',
  'rotateBySize',
  'restart',
  'refuse',
  'rest',
  'step',
] as const;

function movesOf(plain: readonly (typeof PLAIN_MOVES)[number][]): Arbitrary<Move[]> {
  const anyMove: Arbitrary<Move> = oneof(
    {
      weight: 6,
      arbitrary: record({ kind: constant('append' as const), lines: integer({ min: 1, max: 4 }) }),
    },
    {
      weight: 1,
      arbitrary: record({ kind: constant('appendLate' as const), lines: integer({ min: 1, max: 2 }) }),
    },
    { weight: 1, arbitrary: record({ kind: constant('compress' as const), choice: nat({ max: 8 }) }) },
    { weight: 9, arbitrary: record({ kind: constantFrom(...plain) }) },
    { weight: 5, arbitrary: record({ kind: constant('step' as const) }) },
    {
      weight: 4,
      arbitrary: record({ kind: constant('disconnect' as const), afterQuestions: nat({ max: 30 }) }),
    },
  );
  return array(anyMove, { maxLength: 30 });
}

const accounts: readonly (FlakyHostOptions & {
  readonly what: string;
  readonly runs: number;
  readonly moves: readonly (typeof PLAIN_MOVES)[number][];
  readonly paceMs: number;
})[] = [
  {
    what: 'with a shell, whatever happens to the files',
    account: 'shell',
    runs: 1_000,
    moves: PLAIN_MOVES,
    paceMs: 3,
  },
  {
    what: 'with file transfer only, which tells neither inodes nor parts of seconds',
    account: 'sftp',
    hasWholeSeconds: true,
    runs: 1_000,
    moves: MANAGERS_MOVES,
    paceMs: 3_000,
  },
];

test.each(accounts)(
  'over a connection $what, that drops at any question, nothing is lost and nothing read twice',
  { timeout: 300_000 },
  async ({ runs, moves, paceMs, ...options }) => {
    await assert(
      asyncProperty(movesOf(moves), async (sequence) => {
        const model = new FollowModel(memory, { flaky: new FlakyHost(options), paceMs });
        const { found, expected } = await model.run(sequence);
        expect(found).toEqual(expected);
      }),
      { numRuns: runs },
    );
  },
);
