import { join } from 'node:path';
import type { Clock } from '../app/clock.ts';
import { Fleet } from './agents/fleet.ts';
import { managerStarted } from './alerts/noise-alert.ts';
import type { WorldState } from './lab-state.ts';
import { LabTime } from './lab-time.ts';
import { AlertFiles } from './manager/alert-files.ts';
import { AlertWriter } from './manager/alert-writer.ts';
import { layOutManager } from './manager/manager-tree.ts';
import { Dossiers } from './virustotal/dossiers.ts';
import { LAB_KEY } from './virustotal/lab-virustotal.ts';
import { MANAGER, moreAgents } from './world/agents.ts';
import { Catalogue } from './world/catalogue.ts';
import { writeHistory } from './world/history.ts';
import { LabWorld } from './world/lab-world.ts';
import { Population } from './world/population.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly speed: number;
  readonly historyDays: number;
  readonly clock: Clock;
  /** How many agents are enrolled: 14 that live in the world, the others only to be asked. */
  readonly agents?: number;
  /** The text of our agent script, which lies on two machines from the beginning; absent: on none. */
  readonly agentScript?: string;
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
  readonly fleet: Fleet;
  /** What a later lab needs to go on from here. */
  store(): WorldState;
}

const DAY_MS = 86_400_000;

/** Lays a new world out in `folder` with `historyDays` of past, and closes it again. */
export function createWorld(folder: string, options: WorldOptions): WorldState {
  const toMs = options.clock.now();
  const fromMs = toMs - options.historyDays * DAY_MS;
  const catalogue = new Catalogue(options.seed);
  const beginning: WorldState = {
    labMs: fromMs,
    scenes: 0,
    population: Population.settled(catalogue, fromMs).store(),
    dossiers: { askedAt: {}, standings: {} },
    agents: {},
  };
  const open = assemble(folder, options, beginning);
  writeHistory(open.world, { fromMs, toMs, isFirst: true });
  open.files.close();
  return { ...open.store(), labMs: Math.max(toMs, open.world.lastAlertMs) };
}

/** Takes a world up again: the time it was closed is made up for, `historyDays` at most, and its manager starts. */
export function reopenWorld(folder: string, options: WorldOptions, state: WorldState): OpenWorld {
  const open = assemble(folder, options, state);
  const toMs = open.time.now();
  const fromMs = Math.max(state.labMs, toMs - options.historyDays * DAY_MS);
  writeHistory(open.world, { fromMs, toMs, isFirst: false });
  open.world.write(managerStarted(), toMs);
  return open;
}

function assemble(folder: string, options: WorldOptions, state: WorldState): OpenWorld {
  const { seed, clock, speed, agents = 0, agentScript = null } = options;
  const root = join(folder, 'manager');
  layOutManager(root, LAB_KEY);
  const time = new LabTime(clock, speed, state.labMs);
  const catalogue = new Catalogue(seed);
  const population = Population.restore(catalogue, state.population);
  const dossiers = new Dossiers(catalogue, state.dossiers);
  const files = new AlertFiles(root, state.labMs);
  const writer = new AlertWriter(files, MANAGER.name);
  const world = new LabWorld({ seed, catalogue, population, dossiers, writer, scenes: state.scenes });
  const fleet = new Fleet({
    more: moreAgents(agents),
    states: state.agents,
    folder: join(folder, 'agents'),
    root,
    time,
    world,
    dossiers,
    script: agentScript,
  });
  const store = () => ({
    labMs: Math.max(time.now(), world.lastAlertMs),
    scenes: world.scenes,
    population: population.store(),
    dossiers: dossiers.memory(),
    agents: fleet.store(),
  });
  return { root, time, dossiers, files, writer, world, fleet, store };
}
