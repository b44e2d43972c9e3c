import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src-main/store/open-store.ts';
import { NOW_MS } from './committing.ts';

/** A data folder that goes with the test. */
export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real store in a folder of its own, with one source. */
export function aStore(
  folder = aDataFolder(),
): Store & { readonly folder: string; readonly sourceId: number } {
  const store = openStore(folder, { clock: { now: () => NOW_MS } });
  onTestFinished(() => store.close());
  const sourceId = store.sources.add({
    profile: 'local',
    path: '/var/ossec/logs/alerts/alerts.json',
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
  return { ...store, folder, sourceId };
}
