import { implement } from '@orpc/server';
import { contract } from '../../src-shared/ipc/index.ts';
import type { Reader } from '../store/reader.ts';
import type { AlertSources } from './alert-sources.ts';
import type { ChangeHub } from './change-hub.ts';
import type { Connections } from './connections/connections.ts';
import type { CoreOptions } from './core-host.ts';
import type { Engine } from './engine.ts';
import type { Imports } from './imports.ts';
import type { Scans } from './scans/open-scans.ts';
import type { Soundness } from './soundness.ts';

/** What the contract's handlers work with. */
export interface CoreParts {
  readonly options: CoreOptions;
  readonly engine: Engine;
  readonly hub: ChangeHub;
  readonly reader: Reader;
  readonly sources: AlertSources;
  readonly connections: Connections;
  readonly imports: Imports;
  readonly scans: Scans;
  readonly soundness: Soundness;
}

/** The contract, waiting for its handlers. */
export const os = implement(contract);
