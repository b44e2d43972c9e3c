import type { AlertJournal } from '../../alerts/alert-journal.ts';
import { claimWorld } from '../../app/data-world.ts';
import { ObservedJournal } from '../../app/observed-journal.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import type { LookupQueue } from '../../virustotal/lookup-queue.ts';
import type { CommandContext } from '../context.ts';

/** What reading needs; the queue only where hashes are looked up as well. */
export interface IngestSession {
  readonly store: Store;
  readonly journal: AlertJournal;
  readonly queue: LookupQueue | null;
  /** Makes durable what was read; errors as a commit. */
  finish(): void;
  close(): Promise<void>;
}

export async function openForIngest(
  { dataFolder }: CommandContext,
  { looksUp, follows }: { readonly looksUp: boolean; readonly follows: boolean },
): Promise<IngestSession> {
  const holder = 'verdict-desk ingest';
  if (!looksUp) {
    const store = openStore(dataFolder, { holder });
    try {
      claimWorld(store, 'real', dataFolder);
    } catch (error) {
      store.close();
      throw error;
    }
    return {
      store,
      journal: follows ? store.journal : store.bulkJournal,
      queue: null,
      finish: () => store.bulkJournal.finish(),
      close: async () => store.close(),
    };
  }
  // Loaded only where hashes are looked up: a plain import has no memory to spare for an HTTP client.
  const { openEngine } = await import('../../app/engine.ts');
  const engine = await openEngine({ dataFolder, holder, world: 'real', virustotalUrl: null, cipher: null });
  const journal = new ObservedJournal(engine.store.journal, () => engine.queue.wake());
  return {
    store: engine.store,
    journal,
    queue: engine.queue,
    finish: () => undefined,
    close: () => engine.close(),
  };
}
