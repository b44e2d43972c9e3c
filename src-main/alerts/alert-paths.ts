import path from 'node:path';
import type { AlertFileHost } from './alert-file-host.ts';

/** How the paths of a host are taken apart and joined: a manager's are POSIX wherever this runs. */
export function pathsOf(files: AlertFileHost): path.PlatformPath {
  return files.kind === 'ssh' ? path.posix : path;
}
