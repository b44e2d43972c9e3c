// `npm start`: the app on its own lab, or with --no-lab on the real data folder; see `verdict-desk open --help`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { enableCompileCache } from 'node:module';
import { cacheFolder, outFolder } from './paths.mjs';
import './ensure-bundle.mjs';

if (!process.exitCode) {
  const given = process.argv.slice(2);
  const args = given.includes('--no-lab') ? given.filter((arg) => arg !== '--no-lab') : ['--lab', ...given];
  enableCompileCache(join(cacheFolder, 'compiled'));
  const cli = join(outFolder, 'cli.js');
  process.argv.splice(1, process.argv.length - 1, cli, 'open', ...args);
  await import(pathToFileURL(cli).href);
}
