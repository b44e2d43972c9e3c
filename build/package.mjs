// `npm run package [-- --linux dir …]`: installers for this platform in build/dist. Needs a network for Electron's
// runtime and for the packers; `--linux dir` with a stub runtime works offline (test/integration/shell/package.test.ts).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { runForeground } from './child.mjs';
import { nodeModules, outFolder, root } from './paths.mjs';

// From nothing, so that no file of an earlier build travels along.
rmSync(outFolder, { recursive: true, force: true });
await ensureBundle(console.log);
process.exitCode = await runForeground(
  process.execPath,
  [join(nodeModules, 'electron-builder/cli.js'), '--publish=never', ...process.argv.slice(2)],
  { cwd: root },
);
