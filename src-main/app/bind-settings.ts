import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseFileHash } from '../../src-shared/domain/file-hash.ts';
import type { Settings } from '../../src-shared/ipc/settings.ts';
import { notAHash } from './bind-detections.ts';
import { os, type CoreParts } from './core-parts.ts';
import { removeKey, saveKey } from './key-settings.ts';

export function bindSettings(parts: CoreParts) {
  const { options, engine, hub, connections } = parts;
  const { store, queue, secrets } = engine;
  const requeued = () => {
    queue.wake();
    hub.dataChanged();
  };
  const of = os.settings;
  return {
    get: of.get.handler(() => readSettings(parts)),
    saveKey: of.saveKey.handler(async ({ input, signal }) => {
      const test = await saveKey(engine, input.key, input.acceptsClearText, signal);
      hub.dataChanged();
      return test;
    }),
    removeKey: of.removeKey.handler(async () => {
      await removeKey(engine);
      hub.dataChanged();
    }),
    unlockVault: of.unlockVault.handler(async ({ input }) => {
      const status = await secrets.unlock(input.passphrase);
      await queue.keyChanged();
      connections.unlocked();
      hub.dataChanged();
      return status;
    }),
    addExclusion: of.addExclusion.handler(({ input }) => {
      if (input.kind === 'hash' && !parseFileHash(input.pattern)) throw notAHash();
      const added = store.exclusions.add(input);
      requeued();
      return added;
    }),
    removeExclusion: of.removeExclusion.handler(({ input }) => {
      store.exclusions.remove(input.id);
      requeued();
    }),
    setRecheck: of.setRecheck.handler(({ input }) => {
      store.settings.setRecheckPolicy(input);
      requeued();
    }),
    pauseQueue: of.pauseQueue.handler(({ input }) => {
      store.settings.setPaused(input.paused);
      queue.setPaused(input.paused);
    }),
    backUp: of.backUp.handler(async () => {
      const folder = join(options.dataFolder, 'backups');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const stamp = new Date(engine.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
      return store.backUp(join(folder, `verdict-desk-${stamp}.db`));
    }),
  };
}

async function readSettings({ engine, reader }: CoreParts): Promise<Settings> {
  const { store, secrets, queue, ledger, integrationLog } = engine;
  const key = store.settings.keyState();
  return {
    key: {
      isStored: (await secrets.get('virustotal-key')) !== null,
      isRejected: queue.isKeyRejected,
      testedAt: key.testedAt,
      quota: queue.status().quota,
      isPublic: ledger.isPublic ?? key.isPublic,
    },
    secrets: await secrets.status(),
    exclusions: store.exclusions.list(),
    recheck: store.settings.recheckPolicy(),
    store: {
      path: store.path,
      sizeBytes: await reader.ask('size', null),
      integrationLog: integrationLog.path,
    },
  };
}
