import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_NODE } from './node-runtime.mjs';
import { nodeModules, root } from './paths.mjs';

const stampFile = join(nodeModules, '.verdict-desk-stamp');

/** Installs what the lockfile names unless exactly that is there already. Throws with npm's last words. */
export async function ensureDependencies() {
  if (areInstalled()) return;
  const { installDependencies } = await import('./install.mjs'); // Loaded only when needed: this runs at every call.
  await installDependencies({ areInstalled, stampFile, stamp: wantedStamp() });
}

function areInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();
}

/** The lockfile decides what is installed; platform and architecture decide which optional parts of it. */
function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} node ${REQUIRED_NODE}`)
    .digest('hex');
}
