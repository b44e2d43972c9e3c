import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { utcDayKey } from '../../src-shared/domain/quota.ts';
import type { Clock } from '../app/clock.ts';
import { lockFolder } from './folder-lock.ts';
import { readLabState, writeLabState } from './lab-state.ts';
import { createWorld, reopenWorld, type OpenWorld, type WorldOptions } from './open-world.ts';
import { NOTHING_USED, type QuotaMemory } from './virustotal/lab-quota.ts';

/** A lab's folder while the lab has it: locked, its world open, its state saved from time to time. */
export interface LabHome {
  readonly folder: string;
  readonly open: OpenWorld;
  /** What the key had used when the lab was closed last. */
  readonly quotaUsed: QuotaMemory;
  save(quotaUsed: QuotaMemory): void;
  /** Saves when the last time is a while ago, or when a new day began: its files must not be forgotten. */
  saveNowAndThen(quotaUsed: () => QuotaMemory): void;
  close(): void;
}

/** A killed lab forgets at most so much of what its machines hold. */
const SAVE_EVERY_MS = 15_000;

/** Opens the folder, laying a new world out in it at the first time. Errors as `startLab`. */
export function openLabHome(path: string, options: WorldOptions): LabHome {
  const folder = resolve(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    const site = join(folder, 'simulated');
    if (!existsSync(site)) layOutNewWorld(site, options);
    const { quota, ...world } = readLabState(site, options.seed);
    const open = reopenWorld(site, options, world);
    const keeper = new StateKeeper(site, options, open);
    return {
      folder,
      open,
      quotaUsed: quota,
      save: (quotaUsed) => keeper.save(quotaUsed),
      saveNowAndThen: (quotaUsed) => keeper.saveNowAndThen(quotaUsed),
      close: () => {
        open.files.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Made beside its place and moved there when it is whole: a killed start leaves no half world behind. */
function layOutNewWorld(site: string, options: WorldOptions): void {
  const beside = `${site}.new`;
  rmSync(beside, { recursive: true, force: true });
  const world = createWorld(beside, options);
  writeLabState(beside, { version: 1, seed: options.seed, quota: NOTHING_USED, ...world });
  renameSync(beside, site);
}

class StateKeeper {
  readonly #site: string;
  readonly #seed: number;
  readonly #clock: Clock;
  readonly #open: OpenWorld;
  #savedAt: number;
  #savedDay: string;

  constructor(site: string, { seed, clock }: WorldOptions, open: OpenWorld) {
    this.#site = site;
    this.#seed = seed;
    this.#clock = clock;
    this.#open = open;
    this.#savedAt = clock.now();
    this.#savedDay = this.#day();
  }

  save(quota: QuotaMemory): void {
    this.#savedAt = this.#clock.now();
    this.#savedDay = this.#day();
    writeLabState(this.#site, { version: 1, seed: this.#seed, quota, ...this.#open.store() });
  }

  saveNowAndThen(quotaUsed: () => QuotaMemory): void {
    const isRecent = this.#clock.now() - this.#savedAt < SAVE_EVERY_MS;
    if (!isRecent || this.#day() !== this.#savedDay) this.save(quotaUsed());
  }

  #day(): string {
    return utcDayKey(this.#open.world.lastAlertMs);
  }
}
