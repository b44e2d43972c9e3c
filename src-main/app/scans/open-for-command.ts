import { AlertSources } from '../alert-sources.ts';
import { Connections } from '../connections/connections.ts';
import type { ConnectionTools } from '../connections/connection-tools.ts';
import { connectionTools, type ConnectionParts } from '../connections/open-connections.ts';
import type { Engine } from '../engine.ts';
import { ObservedJournal } from '../observed-journal.ts';
import { collectorOf } from './collector-of.ts';
import { openScans, type Scans, type ScansParts } from './open-scans.ts';

export interface CommandScansOptions extends Pick<ScansParts, 'program' | 'pollMs' | 'who'> {
  readonly engine: Engine;
  /** Connected, and followed for what their alerts tell; null: all that are not disconnected. */
  readonly profiles: ReadonlySet<string> | null;
  /** Scans, agents or connections changed: look again. */
  readonly onChange: () => void;
  /** Before anything is connected: secrets that came with the call. */
  readonly prepare?: (tools: Pick<ConnectionTools, 'secrets'>) => void;
  readonly surroundings?: ConnectionParts['surroundings'];
}

export interface CommandScans extends Omit<Scans, 'start'> {
  readonly connections: Connections;
}

/** Scans without a window: started, and going on with what was open. The engine is the caller's, to be closed after it. */
export async function openScansForCommand(options: CommandScansOptions): Promise<CommandScans> {
  const { engine, profiles, onChange, prepare, surroundings, ...rest } = options;
  const { store, clock } = engine;
  const collector = collectorOf(engine, onChange);
  const journal = new ObservedJournal(store.journal, () => collector.collect());
  const sources = new AlertSources({
    sources: store.sources,
    journal,
    clock,
    changed: () => undefined,
    troubleChanged: () => undefined,
  });
  const hub = { statusChanged: onChange, dataChanged: onChange };
  const tools = connectionTools({ engine, hub, sources, ...(surroundings && { surroundings }) });
  prepare?.(tools);
  const connections = new Connections(tools);
  const scans = openScans({ ...rest, profiles, engine, tools, connections, collector, changed: onChange });
  const close = async () => {
    await scans.close();
    await connections.close();
    await sources.close();
    collector.close();
  };
  try {
    await connections.start(profiles);
    collector.collect();
    scans.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { desk: scans.desk, care: scans.care, connections, close };
}
