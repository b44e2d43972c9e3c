import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AlertFollower, type AlertFollowerOptions } from '../../src-main/alerts/alert-follower.ts';
import { FollowCursor } from '../../src-main/alerts/follow-cursor.ts';
import { localAlertFiles } from '../../src-main/alerts/local-alert-files.ts';
import { systemClock } from '../../src-main/app/clock.ts';
import { FollowWorld } from './follow-world.ts';
import { aFimJsonLine } from './alert-lines.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';
import { readAll } from './read-all.ts';

/** A manager's alert folder that goes with the test, a journal, and cursors over them whose time the test moves. */
export function followedAlerts() {
  const clock = new ManualClock('2026-11-21T09:00:00Z');
  const journal = new MemoryJournal();
  const world = new FollowWorld(mkdtempSync(join(tmpdir(), 'verdict-desk-follow-')), () => clock.now());
  const cursors: FollowCursor[] = [];
  onTestFinished(() => {
    for (const cursor of cursors) cursor.close();
    world.close();
  });
  let count = 0;
  return {
    clock,
    journal,
    world,
    /** Lines that differ from all before. */
    lines: (howMany: number) =>
      Array.from({ length: howMany }, () => aFimJsonLine((count += 1), clock.now())),
    /** A process that starts to read, as after a restart. */
    start: (changes: Partial<AlertFollowerOptions> = {}) => {
      const cursor = new FollowCursor({ ...optionsFor(world.live, journal), clock, ...changes });
      cursors.push(cursor);
      return cursor;
    },
    /** Steps until nothing more comes, giving it the time that waiting takes. */
    readAll: (cursor: FollowCursor) => readAll(cursor, clock),
  };
}

/** A follower in real time that ends with the test. */
export function aFollower(
  path: string,
  journal: MemoryJournal,
  changes: Partial<AlertFollowerOptions> = {},
): AlertFollower {
  const follower = new AlertFollower({ ...optionsFor(path, journal), ...changes });
  onTestFinished(() => follower.stop());
  follower.start();
  return follower;
}

function optionsFor(path: string, journal: MemoryJournal): AlertFollowerOptions {
  return {
    sourceId: 1,
    host: localAlertFiles,
    path,
    format: 'auto',
    archives: false,
    journal,
    clock: systemClock,
  };
}
