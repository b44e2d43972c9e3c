import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReadOnly, openStore } from '../../../src-main/store/open-store.ts';
import { runUntilCommitPoint } from '../../builders/commit-points.ts';
import { followedAlerts } from '../../builders/followed-alerts.ts';

const child = new URL('follow-child.ts', import.meta.url);

/** What the store of a data folder counted, and the paths of its events in the order in which they were stored. */
function readStore(dataFolder: string) {
  const store = openStore(dataFolder);
  const [source] = store.sources.list();
  store.close();
  const db = openReadOnly(dataFolder);
  const paths = db
    .prepare<[], { text: string }>(
      'SELECT path.text FROM event JOIN path ON path.id = event.path_id ORDER BY event.id',
    )
    .all()
    .map(({ text }) => text);
  db.close();
  return { counts: source?.counts, paths };
}

test(
  'a follower killed at any commit point, the file growing and rotating meanwhile, loses nothing and repeats nothing',
  { timeout: 240_000 },
  async () => {
    const { world, lines } = followedAlerts();
    const dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-killed-'));
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
    const environment = { ALERTS_PATH: world.live, DATA_FOLDER: dataFolder };
    let written = 0;
    const write = (count: number) => {
      world.append(lines(count));
      written += count;
    };
    write(3);
    world.rotateByDay();
    write(2);
    world.endLateLines();
    world.compress(0);
    // Each life dies one commit point later than the one before, and finds more to do.
    const changes = [
      () => write(1),
      () => world.rotateBySize(),
      () => write(2),
      () => world.rotateByDay(),
      () => write(1),
      () => world.rotateByRename(),
    ];
    let kills = 0;
    for (let life = 0; life < 12; life += 1) {
      const point = (life % 6) + 1;
      if ((await runUntilCommitPoint(child, point, environment)) === 'killed') kills += 1;
      changes[life % changes.length]?.();
      write(1);
    }
    expect(await runUntilCommitPoint(child, 0, environment)).toBe('finished');
    const { counts, paths } = readStore(dataFolder);
    expect(kills).toBeGreaterThan(6);
    expect(counts).toMatchObject({ alerts: written, fimEvents: written, known: 0, malformed: 0 });
    expect(paths).toEqual(Array.from({ length: written }, (_, index) => `/srv/files/${index + 1}`));
  },
);

test(
  'a follower killed before or after each commit of a backlog goes on exactly there',
  { timeout: 240_000 },
  async () => {
    const { world, lines } = followedAlerts();
    for (let day = 0; day < 2; day += 1) {
      world.append(lines(2));
      world.rotateByDay();
    }
    world.append(lines(2));
    for (let point = 1, outcome = 'killed'; outcome === 'killed'; point += 1) {
      const dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-killed-'));
      onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
      const environment = { ALERTS_PATH: world.live, DATA_FOLDER: dataFolder };
      outcome = await runUntilCommitPoint(child, point, environment);
      expect(await runUntilCommitPoint(child, 0, environment)).toBe('finished');
      expect(readStore(dataFolder).counts).toMatchObject({ alerts: 6, fimEvents: 6, known: 0 });
    }
  },
);
