import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { utcDayKey, type QuotaLimits } from '../../src-shared/domain/quota.ts';
import { systemClock, type Clock } from '../app/clock.ts';
import { startControlServer } from './control/control-server.ts';
import { readLabState, writeLabState } from './lab-state.ts';
import { livePath } from './manager/dated-files.ts';
import { createWorld, reopenWorld, type WorldOptions } from './open-world.ts';
import { refusalRoutes, virustotalRoutes } from './virustotal/control-routes.ts';
import { startLabVirusTotal, type VirusTotalControl } from './virustotal/lab-virustotal.ts';
import { NOTHING_USED } from './virustotal/lab-quota.ts';
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
  /** Absent or 0: free ports. */
  readonly ports?: { readonly virustotal?: number; readonly control?: number };
  /** Closes the lab when it aborts. */
  readonly signal?: AbortSignal;
  readonly limits?: QuotaLimits;
  /** Between two scenes of the live world; null: nothing happens until `world.resume()`. */
  readonly pace?: Pace | null;
  readonly clock?: Clock;
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
  readonly world: WorldControl;
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
/** A killed lab forgets at most so much of what its machines hold. */
const SAVE_EVERY_MS = 15_000;

/**
 * Starts the simulated world: the past is written, then the servers listen, then it lives. Errors: `lab.other-seed`,
 * `lab.unreadable-state`.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const clock = options.clock ?? systemClock;
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const home = join(folder, 'world');
  const worldOptions = { ...options, clock };
  if (!existsSync(home)) layOutNewWorld(home, worldOptions);
  const state = readLabState(home, options.seed);
  const open = reopenWorld(home, worldOptions, state);
  const closers: (() => void | Promise<void>)[] = [() => open.files.close()];
  try {
    const virustotal = await startLabVirusTotal({
      dossiers: open.dossiers,
      limits: options.limits ?? DEMO_LIMITS,
      clock,
      reportTime: () => open.time.now(),
      port: options.ports?.virustotal ?? 0,
      quotaUsed: state.quota,
    });
    closers.push(() => virustotal.close());
    const keeper = new StateKeeper(
      clock,
      () => utcDayKey(open.world.lastAlertMs),
      () =>
        writeLabState(home, {
          version: 1,
          seed: options.seed,
          quota: virustotal.quotaUsed(),
          ...open.store(),
        }),
    );
    const pace = new LivePace({
      world: open.world,
      clock,
      time: open.time,
      pace: options.pace ?? DEMO_PACE,
      programme: liveProgramme(open.world),
      onPlayed: () => keeper.saveNowAndThen(),
    });
    const world = new WorldLevers({ ...open, pace });
    const control = await startControlServer(
      [...virustotalRoutes(virustotal.control), ...refusalRoutes(virustotal.control), ...worldRoutes(world)],
      options.ports?.control ?? 0,
    );
    closers.push(
      () => control.close(),
      () => keeper.save(),
      () => pace.pause(),
    );
    keeper.save();
    if (options.pace !== null) pace.resume();

    const close = closeOnce(closers);
    options.signal?.addEventListener('abort', () => void close(), { once: true });
    return {
      folder,
      seed: options.seed,
      virustotal: { url: virustotal.url, key: virustotal.key, control: virustotal.control },
      manager: {
        root: open.root,
        alertsJson: livePath(open.root, 'json'),
        alertsLog: livePath(open.root, 'log'),
      },
      world,
      controlUrl: control.url,
      close,
    };
  } catch (error) {
    await closeOnce(closers)();
    throw error;
  }
}

/** Made beside its place and moved there when it is whole: a killed start leaves no half world behind. */
function layOutNewWorld(home: string, options: WorldOptions): void {
  const site = `${home}.new`;
  rmSync(site, { recursive: true, force: true });
  const world = createWorld(site, options);
  writeLabState(site, { version: 1, seed: options.seed, quota: NOTHING_USED, ...world });
  renameSync(site, home);
}

/** Saves the state often enough that a killed lab loses little, and not after every alert. */
class StateKeeper {
  readonly save: () => void;
  readonly #clock: Clock;
  readonly #day: () => string;
  #savedAt: number;
  #savedDay: string;

  /** `day` names the day of the lab's time: a new one is a new pair of files and is remembered at once. */
  constructor(clock: Clock, day: () => string, save: () => void) {
    this.#clock = clock;
    this.#day = day;
    this.#savedAt = clock.now();
    this.#savedDay = day();
    this.save = save;
  }

  saveNowAndThen(): void {
    const isRecent = this.#clock.now() - this.#savedAt < SAVE_EVERY_MS;
    if (isRecent && this.#day() === this.#savedDay) return;
    this.#savedAt = this.#clock.now();
    this.#savedDay = this.#day();
    this.save();
  }
}

/** What was opened last is closed first. */
function closeOnce(closers: readonly (() => void | Promise<void>)[]): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const closeAll = async () => {
    for (const close of closers.toReversed()) await close();
  };
  return () => (closing ??= closeAll());
}
