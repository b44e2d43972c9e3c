import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { HostWatch } from './manager-host.ts';

/**
 * Watches the file and its folder: a manager writes through the dated name in another folder, of which only a watch on the
 * file itself hears, and a new file under the same name is heard of through the folder.
 */
export function watchHere(path: string, onEvent: () => void): HostWatch {
  const armed = new Map<string, FSWatcher>();
  const arm = (target: string): void => {
    if (armed.has(target)) return;
    try {
      const watcher = watch(target, { persistent: false }, onEvent);
      watcher.on('error', () => disarm(target));
      armed.set(target, watcher);
    } catch {
      // Not there, or watches have run out: the file is polled as well.
    }
  };
  const disarm = (target: string): void => {
    armed.get(target)?.close();
    armed.delete(target);
  };
  const rearm = (isOtherFile: boolean): void => {
    if (isOtherFile) disarm(path);
    arm(dirname(path));
    arm(path);
  };
  rearm(false);
  return {
    rearm,
    close: () => [...armed.keys()].forEach(disarm),
  };
}
