import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLab, type Lab, type LabOptions } from '../../src-main/lab/lab.ts';
import { ManualClock } from './manual-clock.ts';

/** Labs on a clock that stands still, in temporary folders; `clean` closes and removes what was made. */
export class Labs {
  readonly clock = new ManualClock('2026-11-17T09:00:00Z');
  #labs: Lab[] = [];
  #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-lab-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Seed 7, real speed, two days of history, nothing happening by itself. */
  async start(options: Partial<LabOptions> = {}): Promise<Lab> {
    const folder = options.folder ?? this.folder();
    const lab = await startLab({
      seed: 7,
      speed: 1,
      historyDays: 2,
      pace: null,
      clock: this.clock,
      ...options,
      folder,
    });
    this.#labs.push(lab);
    return lab;
  }

  async clean(): Promise<void> {
    for (const lab of this.#labs) await lab.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    this.#labs = [];
    this.#folders = [];
  }
}
