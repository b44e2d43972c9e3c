import { join } from 'node:path';
import type { Clock } from '../app/clock.ts';
import { managerStarted } from './alerts/noise-alert.ts';
import type { WorldState } from './lab-state.ts';
import { LabTime } from './lab-time.ts';
import { AlertFiles } from './manager/alert-files.ts';
import { AlertWriter } from './manager/alert-writer.ts';
import { layOutManager } from './manager/manager-tree.ts';
import { Dossiers } from './virustotal/dossiers.ts';
import { LAB_KEY } from './virustotal/lab-virustotal.ts';
import { MANAGER } from './world/agents.ts';
import { Catalogue } from './world/catalogue.ts';
import { writeHistory } from './world/history.ts';
import { LabWorld } from './world/lab-world.ts';
import { Population } from './world/population.ts';

export interface WorldOptions {
  readonly folder: string;
  readonly seed: number;
  readonly speed: number;
  readonly historyDays: number;
  readonly clock: Clock;
}

/** The world on its manager's disk, its past written up to the present. Nothing moves and nothing listens yet. */
export interface OpenWorld {
  /** The manager's prefix. */
  readonly root: string;
  readonly time: LabTime;
  readonly dossiers: Dossiers;
  readonly files: AlertFiles;
  readonly writer: AlertWriter;
  readonly world: LabWorld;
  /** What a later lab needs to go on from here. */
  store(): WorldState;
}

const DAY_MS = 86_400_000;

/** Opens a lab folder: a new world gets `historyDays` of past, an old one makes up for the time it was closed. */
export function openWorld(options: WorldOptions, state: WorldState | null): OpenWorld {
  const { seed, clock } = options;
  const time = new LabTime(clock, options.speed, state?.labMs);
  const root = join(options.folder, 'manager');
  layOutManager(root, LAB_KEY);

  const toMs = time.now();
  const earliestMs = toMs - options.historyDays * DAY_MS;
  const fromMs = Math.max(state?.labMs ?? earliestMs, earliestMs);
  const catalogue = new Catalogue(seed);
  const population = state
    ? Population.restore(catalogue, state.population)
    : Population.settled(catalogue, fromMs);
  const dossiers = new Dossiers(catalogue, state?.dossiers);
  const files = new AlertFiles(root, state?.labMs ?? fromMs);
  const writer = new AlertWriter(files, MANAGER.name);
  const world = new LabWorld({ seed, catalogue, population, dossiers, writer, scenes: state?.scenes ?? 0 });

  writeHistory(world, { fromMs, toMs, isFirst: state === null });
  world.write(managerStarted(), toMs);
  return {
    root,
    time,
    dossiers,
    files,
    writer,
    world,
    store: () => ({
      labMs: Math.max(time.now(), world.lastAlertMs),
      scenes: world.scenes,
      population: population.store(),
      dossiers: dossiers.memory(),
    }),
  };
}
