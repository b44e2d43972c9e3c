#!/usr/bin/env node
// The `verdict-desk` command in a checkout: makes sure that dependencies and bundle are there, then runs the bundle.
// Plain Node 20. What is fresh costs some milliseconds; the bundler is loaded only when something is stale.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { isBundleFresh } from './freshness.mjs';
import { findNode, isThisNodeEnough } from './node-runtime.mjs';
import { endWithParent } from './parent.mjs';
import { cacheFolder, outFolder, root } from './paths.mjs';

async function main(args) {
  endWithParent();
  await ensureDependencies();
  if (!isBundleFresh()) {
    const { runForeground } = await import('./child.mjs');
    const code = await runForeground(findNode(), [join(root, 'build/ensure-bundle.mjs')]);
    if (code !== 0) return code;
  }
  const cli = join(outFolder, 'cli.js');
  const compiled = join(cacheFolder, 'compiled');
  if (!isThisNodeEnough) {
    const { runForeground } = await import('./child.mjs');
    return runForeground(findNode(), [cli, ...args], {
      env: { NODE_COMPILE_CACHE: compiled, ...process.env },
    });
  }
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(compiled);
  process.argv.splice(1, process.argv.length - 1, cli, ...args);
  await import(pathToFileURL(cli).href);
  return undefined;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ?? process.exitCode;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
