import type { Command } from 'commander';
import { defaultDataFolder } from '../../app/data-folder.ts';
import type { FaceOptions } from '../../shell/face-options.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parsePort, parseWholeNumber } from '../options.ts';

export interface FaceFlags extends GlobalOptions {
  readonly port?: number;
  readonly lab?: boolean;
  readonly labSeed: number;
  readonly open: boolean;
}

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('open the window in a browser on this machine; listens on 127.0.0.1 only');
  addFaceOptions(command).action(async (_options: unknown, invoked: Command) => {
    const [{ runBrowserFace }, { startCore }] = await Promise.all([
      import('../../shell/browser/run-browser-face.ts'),
      import('../../app/start-core.ts'),
    ]);
    await runBrowserFace(faceOptionsOf(invoked), startCore);
  });
}

/** The options that both faces with a window take. */
export function addFaceOptions(command: Command): Command {
  return command
    .option(
      '--port <n>',
      'port of the browser window (default: the one of last time, else a free one)',
      parsePort,
    )
    .option('--lab', 'work on the built-in lab, in a data folder of its own')
    .option('--lab-seed <n>', 'another lab world', parseWholeNumber, 1)
    .option('--no-open', 'open no window, only print its address');
}

export function faceOptionsOf(command: Command): FaceOptions {
  const flags = command.optsWithGlobals<FaceFlags>();
  const isLab = flags.lab === true;
  const { signal, terminal } = contextOf(flags);
  return {
    dataFolder: flags.data ?? defaultDataFolder(isLab),
    lab: isLab ? { seed: flags.labSeed, speed: 1 } : null,
    port: flags.port ?? null,
    opensWindow: flags.open,
    signal,
    say: (line) => terminal.line(line),
  };
}
