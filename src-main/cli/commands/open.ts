import type { Command } from 'commander';
import { addFaceOptions, faceOptionsOf } from './serve.ts';

export function addOpen(program: Command): void {
  const command = program
    .command('open', { isDefault: true })
    .description('open the desktop window, or the browser window where Electron’s runtime is absent')
    .usage('[options]')
    .argument('[unknown...]');
  addFaceOptions(command).action(async (unknown: readonly string[], _options: unknown, invoked: Command) => {
    // As the default command, this one is handed whatever is no command's name.
    if (unknown.length > 0) program.error(`error: unknown command '${unknown[0]}'`);
    const [{ open }, { startCore }] = await Promise.all([
      import('../../shell/open.ts'),
      import('../../app/start-core.ts'),
    ]);
    await open(faceOptionsOf(invoked), startCore);
  });
}
