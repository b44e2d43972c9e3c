import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { AlertFileHost } from './alert-file-host.ts';

type WatchFile = AlertFileHost['watch'];

/**
 * Watches the file and its folder. Both are needed: a manager writes through the dated name in another folder, of which
 * only a watch on the file itself hears; a new file under the live name is heard of through the folder. Network file
 * systems report nothing, and watches may run out: then there simply are no events.
 */
export const watchFile: WatchFile = (path, onEvent) => {
  let file: FSWatcher | null = null;
  let folder: FSWatcher | null = null;
  const arm = (target: string, forget: () => void): FSWatcher | null => {
    try {
      const watcher = watch(target, { persistent: false }, onEvent);
      watcher.on('error', () => {
        watcher.close();
        forget();
      });
      return watcher;
    } catch {
      return null;
    }
  };
  const watchFolder = () => {
    folder ??= arm(dirname(path), () => {
      folder = null;
    });
  };
  const watchLiveFile = () => {
    file ??= arm(path, () => {
      file = null;
    });
  };
  watchFolder();
  watchLiveFile();
  return {
    rearm(isOtherFile) {
      if (isOtherFile) {
        file?.close();
        file = null;
      }
      watchFolder();
      watchLiveFile();
    },
    close() {
      file?.close();
      folder?.close();
    },
  };
};

/** For file systems without events: polling alone. */
export const watchNothing: WatchFile = () => ({ rearm: () => undefined, close: () => undefined });
