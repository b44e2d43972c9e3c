import { z } from 'zod';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { Store } from '../store/open-store.ts';

/** Whether a data folder holds the lab's simulated data or real data: decided at its first use, for good. */
export type DataWorld = 'real' | 'lab';

const SETTING = 'world';
const schema = z.enum(['real', 'lab']);

/** Errors: `store.other-world` when the folder belongs to the other one. */
export function claimWorld(store: Store, world: DataWorld, dataFolder: string): void {
  const found = store.settings.get(SETTING, schema);
  if (found === null) return store.settings.set(SETTING, world);
  if (found === world) return;
  throw new DomainError(
    'store.other-world',
    found === 'lab'
      ? `${dataFolder} holds the lab's simulated data; real alerts must not mix with it.`
      : `${dataFolder} holds real data; the lab must not mix with it.`,
    found === 'lab'
      ? 'Name another folder with --data, or add --lab.'
      : 'Name another folder with --data for the lab.',
  );
}
