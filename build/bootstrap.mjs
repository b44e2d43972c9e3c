#!/usr/bin/env node
// Behind every npm script. Plain Node 20 without dependencies: it fetches those and the Node that the rest needs.
import { pathToFileURL, fileURLToPath } from 'node:url';
import { runForeground } from './child.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { findNode, isThisNodeEnough } from './node-runtime.mjs';
import { endWithParent } from './parent.mjs';

const COMMANDS = {
  start: './start.mjs',
  test: './test.mjs',
  check: './check.mjs',
  bench: './bench/run.mjs',
  format: './format.mjs',
  package: './package.mjs',
};

async function main([command, ...args]) {
  const script = COMMANDS[command];
  if (script === undefined) {
    throw new Error(`Unknown command: ${command ?? '(none)'}. Known: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  endWithParent();
  await ensureDependencies();
  const target = fileURLToPath(new URL(script, import.meta.url));
  if (!isThisNodeEnough) return runForeground(findNode(), [target, ...args]);
  process.argv.splice(1, process.argv.length - 1, target, ...args);
  await import(pathToFileURL(target).href);
  return null;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ?? process.exitCode;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
