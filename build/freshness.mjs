import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { outFolder, root } from './paths.mjs';

/**
 * The two sides of the bundle, what each is made from, and what it produces. Path, time and size of every source make
 * the stamp: a few milliseconds for the whole tree, so that it can be asked at every start.
 */
export const SIDES = {
  main: {
    sources: ['src-main', 'src-shared', 'build/bundle.mjs', 'package-lock.json'],
    product: 'cli.js',
  },
  renderer: {
    sources: ['src-renderer', 'src-shared', 'build/bundle.mjs', 'package-lock.json'],
    product: 'renderer/index.html',
  },
};

export function isFresh(side) {
  const file = stampFile(side);
  return (
    existsSync(join(outFolder, SIDES[side].product)) &&
    existsSync(file) &&
    readFileSync(file, 'utf8') === sourceStamp(side)
  );
}

export function isBundleFresh() {
  return Object.keys(SIDES).every(isFresh);
}

export const stampFile = (side) => join(outFolder, `${side}.stamp`);

export function sourceStamp(side) {
  const hash = createHash('sha256');
  for (const source of SIDES[side].sources) hash.update(listing(join(root, source)));
  return hash.digest('hex');
}

/** One line for each file below a path. */
function listing(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (!stats.isDirectory()) return `${path} ${stats.mtimeMs} ${stats.size}\n`;
  return readdirSync(path)
    .toSorted()
    .map((name) => listing(join(path, name)))
    .join('');
}
