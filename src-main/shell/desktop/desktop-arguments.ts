import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../../app/data-folder.ts';
import type { LabChoice } from '../../app/core-host.ts';
import type { FaceOptions } from '../face-options.ts';

/** How the desktop window is started: by a terminal with arguments, or by an icon without any. */
export interface DesktopOptions {
  readonly dataFolder: string;
  readonly lab: LabChoice | null;
  /** Null: no browser face beside the window. 0: one on a familiar or free port. */
  readonly port: number | null;
  /** The built window; left out: the one of this build. */
  readonly rendererFolder?: string;
}

export function desktopArguments(options: Pick<FaceOptions, 'dataFolder' | 'lab' | 'port'>): string[] {
  const lab = options.lab;
  return [
    `--data=${options.dataFolder}`,
    `--port=${options.port ?? 0}`,
    ...(lab === null ? [] : ['--lab', `--lab-seed=${lab.seed}`, `--lab-speed=${lab.speed}`]),
  ];
}

/** Unknown arguments belong to Chromium or the system (`--no-sandbox`, `-psn_…`) and are passed over. */
export function parseDesktopArguments(args: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      lab: { type: 'boolean' },
      'lab-seed': { type: 'string' },
      'lab-speed': { type: 'string' },
    },
  });
  const isLab = values.lab === true;
  return {
    dataFolder: typeof values.data === 'string' ? values.data : defaultDataFolder(isLab),
    lab: isLab ? { seed: toNumber(values['lab-seed'], 1), speed: toNumber(values['lab-speed'], 1) } : null,
    port: values.port === undefined ? null : toNumber(values.port, 0),
  };
}

function toNumber(text: string | boolean | undefined, otherwise: number): number {
  const number = typeof text === 'string' ? Number(text) : Number.NaN;
  return Number.isFinite(number) && number >= 0 ? number : otherwise;
}
