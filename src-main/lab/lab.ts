import type { QuotaLimits } from '../../src-shared/domain/quota.ts';
import { systemClock, type Clock } from '../app/clock.ts';
import { AgentLevers, agentRoutes, type LabAgentsControl } from './agents/agents-control.ts';
import { startControlServer } from './control/control-server.ts';
import type { ControlRoute } from './control/serve-control.ts';
import { announceLab, withdrawLab } from './lab-addresses.ts';
import { keepPorts, portsToTake } from './kept-ports.ts';
import { openLabHome, type LabHome } from './lab-home.ts';
import { SoonSaver } from './soon-saver.ts';
import { apiRoutes } from './manager/api-routes.ts';
import { livePath } from './manager/dated-files.ts';
import {
  startLabManager,
  type LabApiAccess,
  type LabManager,
  type LabSshAccess,
} from './manager/start-manager.ts';
import { sshRoutes } from './ssh/control-routes.ts';
import { refusalRoutes, virustotalRoutes } from './virustotal/control-routes.ts';
import {
  startLabVirusTotal,
  type LabVirusTotal,
  type VirusTotalControl,
} from './virustotal/lab-virustotal.ts';
import { worldRoutes } from './world/control-routes.ts';
import { LivePace, type Pace } from './world/live-pace.ts';
import { liveProgramme } from './world/programme.ts';
import { WorldLevers, type WorldControl } from './world/world-control.ts';

export interface LabOptions {
  /** The lab's own folder, made when absent; taken up again when a lab lived there before. */
  readonly folder: string;
  readonly seed: number;
  /** Simulated seconds a real second: dates alerts and finishes analyses. The pace of events is real time. */
  readonly speed: number;
  /** Days before the present that a new lab fills, and at most so many that an old one makes up for. */
  readonly historyDays: number;
  /** Absent or 0: those of the last time, else free ones. */
  readonly ports?: {
    readonly virustotal?: number;
    readonly ssh?: number;
    readonly api?: number;
    readonly control?: number;
  };
  /** Closes the lab when it aborts. */
  readonly signal?: AbortSignal;
  readonly limits?: QuotaLimits;
  /** Between two scenes of the live world; null: nothing happens until `world.resume()`. */
  readonly pace?: Pace | null;
  readonly clock?: Clock;
  /** How many agents are enrolled: 14 that live in the world, the others only to be asked. */
  readonly agents?: number;
  /** The text of our agent script: it lies on two machines from the beginning. Absent: on none. */
  readonly agentScript?: string;
}

/** A running lab; everything of it listens on 127.0.0.1 only. */
export interface Lab {
  readonly folder: string;
  readonly seed: number;
  readonly virustotal: { readonly url: string; readonly key: string; readonly control: VirusTotalControl };
  readonly manager: {
    /** The prefix: what `/var/ossec` is on a real manager. */
    readonly root: string;
    readonly alertsJson: string;
    readonly alertsLog: string;
  };
  /** The manager over SSH and SFTP, as production reaches one. */
  readonly ssh: LabSshAccess;
  readonly api: LabApiAccess;
  readonly world: WorldControl;
  /** The machines with an agent, their KES and the way to them. */
  readonly agents: LabAgentsControl;
  /** Base address of the levers over HTTP: `POST /lab/world/pause` and the like. */
  readonly controlUrl: string;
  /** Ends everything and keeps the state for the next time. Harmless when repeated. */
  close(): Promise<void>;
}

/**
 * The demo key's allowance: a first backlog of some 400 files visibly queues for a quarter of an hour, while each minute
 * brings thirty verdicts, and a day in front of the lab does not use the day's share up.
 */
export const DEMO_LIMITS: QuotaLimits = { perMinute: 30, perDay: 3000, perMonth: 60_000 };
export const DEMO_PACE: Pace = { leastMs: 1000, mostMs: 3000 };

/**
 * Starts the simulated world: the past is written, then the servers listen, then it lives. Errors: `lab.held`,
 * `lab.other-seed`, `lab.unreadable-state`, `lab.port-taken`.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const clock = options.clock ?? systemClock;
  const home = openLabHome(options.folder, { ...options, clock });
  try {
    return await bringToLife(home, options, clock);
  } catch (error) {
    home.close();
    throw error;
  }
}

async function bringToLife(home: LabHome, options: LabOptions, clock: Clock): Promise<Lab> {
  const { open } = home;
  const ports = await portsToTake(home.folder, options.ports);
  const virustotal = await startLabVirusTotal({
    dossiers: open.dossiers,
    limits: options.limits ?? DEMO_LIMITS,
    clock,
    reportTime: () => open.time.now(),
    port: ports.virustotal,
    quotaUsed: home.quotaUsed,
  });
  const pace = new LivePace({
    world: open.world,
    clock,
    time: open.time,
    pace: options.pace ?? DEMO_PACE,
    programme: liveProgramme(open.world),
    onPlayed: () => home.saveNowAndThen(() => virustotal.quotaUsed()),
  });
  const world = new WorldLevers({ ...open, pace });
  const manager = await orClose(virustotal, () =>
    startLabManager({
      home,
      clock,
      ports: { ssh: ports.ssh, api: ports.api },
      onRestart: () => world.restart(),
    }),
  );
  const { fleet, world: scenes, time } = open;
  const agents = new AgentLevers({ fleet, doors: manager.doors, world: scenes, time });
  const servers = {
    close: async () => {
      await manager.close();
      await virustotal.close();
    },
  };
  const control = await orClose(servers, () =>
    startControlServer(levers(virustotal, manager, world, agents), ports.control),
  );
  const saver = new SoonSaver(clock, () => home.save(virustotal.quotaUsed()));
  const close = once(async () => {
    await pace.pause();
    saver.stop();
    await fleet.close();
    home.save(virustotal.quotaUsed());
    await control.close();
    await servers.close();
    withdrawLab(home.folder);
    home.close();
  });

  fleet.wake(() => saver.ask());
  home.save(virustotal.quotaUsed());
  if (options.pace !== null) pace.resume();
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  const lab: Lab = {
    folder: home.folder,
    seed: options.seed,
    virustotal: { url: virustotal.url, key: virustotal.key, control: virustotal.control },
    manager: {
      root: open.root,
      alertsJson: livePath(open.root, 'json'),
      alertsLog: livePath(open.root, 'log'),
    },
    ssh: manager.ssh,
    api: manager.api,
    world,
    agents,
    controlUrl: control.url,
    close,
  };
  keepPorts(lab);
  announceLab(lab);
  return lab;
}

function levers(
  virustotal: LabVirusTotal,
  manager: LabManager,
  world: WorldControl,
  agents: LabAgentsControl,
): ControlRoute[] {
  const { control } = virustotal;
  return [
    ...virustotalRoutes(control),
    ...refusalRoutes(control),
    ...sshRoutes(manager.ssh.control),
    ...apiRoutes(manager.api.control),
    ...worldRoutes(world),
    ...agentRoutes(agents),
  ];
}

/** What was started before must not stay behind when the next thing cannot start. */
async function orClose<Started>(
  before: { close(): Promise<void> },
  start: () => Promise<Started>,
): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    await before.close();
    throw error;
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= run());
}
