import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json. This file and the bundle (build/out) both lie two folders below it. */
export const appRoot: string = fileURLToPath(new URL('../..', import.meta.url));

export const rendererFolder: string = join(appRoot, 'build', 'out', 'renderer');
