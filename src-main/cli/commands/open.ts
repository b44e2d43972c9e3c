import type { Command } from 'commander';
import { addFaceOptions, faceOptionsOf } from './serve.ts';

export function addOpen(program: Command): void {
  const command = program
    .command('open', { isDefault: true })
    .description('open the desktop window, or the browser window where Electron’s runtime is absent')
    .allowExcessArguments();
  addFaceOptions(command).action(async (_options: unknown, invoked: Command) => {
    // As the default command, this one is handed whatever is no command's name.
    const [unknown] = invoked.args;
    if (unknown !== undefined) program.error(`error: unknown command '${unknown}'`);
    const [{ open }, { startCore }] = await Promise.all([
      import('../../shell/open.ts'),
      import('../../app/start-core.ts'),
    ]);
    await open(faceOptionsOf(invoked), startCore);
  });
}
