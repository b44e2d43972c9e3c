import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout and the ignored folders the build scripts write to. */
export const root = fileURLToPath(new URL('..', import.meta.url));
export const nodeModules = join(root, 'node_modules');
export const outFolder = join(root, 'build/out');
export const cacheFolder = join(root, 'build/cache');
