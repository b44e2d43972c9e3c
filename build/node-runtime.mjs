import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules } from './paths.mjs';

/** The build scripts, tests and the app need it; only the bootstrap itself runs on Node 20. */
export const REQUIRED_NODE = 24;

export const isThisNodeEnough = Number.parseInt(process.versions.node, 10) >= REQUIRED_NODE;

/** Path of a Node that is new enough: our own, or the one among the dependencies (Linux only). */
export function findNode() {
  if (isThisNodeEnough) return process.execPath;
  const bundled = join(nodeModules, `node-${process.platform}-${process.arch}`, 'bin/node');
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Node ${REQUIRED_NODE} or newer is needed; this is ${process.versions.node}.\n` +
      'On Linux (x64, arm64) it comes with the dependencies. Elsewhere install it from https://nodejs.org and run this again.',
  );
}
