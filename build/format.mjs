// `npm run format`: writes every file as the formatter wants it. `npm run check` only says where it is not.
import { join } from 'node:path';
import { runForeground } from './child.mjs';
import { nodeModules, root } from './paths.mjs';

const files = process.argv.slice(2);
process.exitCode = await runForeground(
  process.execPath,
  [join(nodeModules, 'oxfmt/bin/oxfmt'), ...(files.length > 0 ? files : ['.'])],
  { cwd: root },
);
