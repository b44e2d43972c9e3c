import { argv } from 'node:process';
import { startLab } from '../../../src-main/lab/lab.ts';

/** A lab in a hurry, to be killed: `node lab-child.ts FOLDER`. Its speed shortens the waits within a scene. */
await startLab({
  folder: argv[2] ?? '',
  seed: 7,
  speed: 50,
  historyDays: 1,
  pace: { leastMs: 0, mostMs: 2 },
});
