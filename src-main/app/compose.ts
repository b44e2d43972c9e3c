import { join } from 'node:path';
import type { Cipher } from '../secrets/cipher.ts';
import { MemorySecretStore } from '../secrets/memory-secret-store.ts';
import { AGENT_SCRIPT } from '../kes/agent-script/agent-script.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Log } from '../log/log.ts';
import { importAlerts } from '../alerts/import-alerts.ts';
import type { Reader } from '../store/reader.ts';
import { WorkerReader } from '../store/worker-reader.ts';
import { AlertSources } from './alert-sources.ts';
import { bindContract, type ContractHandlers } from './bind-contract.ts';
import { ChangeHub } from './change-hub.ts';
import { prepareLabConnection } from './connections/lab-connection.ts';
import { Connections } from './connections/connections.ts';
import { connectionTools } from './connections/open-connections.ts';
import type { CoreOptions } from './core-host.ts';
import { type Engine, openEngine } from './engine.ts';
import { Imports } from './imports.ts';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { ObservedJournal } from './observed-journal.ts';
import { collectorOf } from './scans/collector-of.ts';
import { openScans } from './scans/open-scans.ts';
import type { ScanCollector } from './scans/scan-collector.ts';
import { Soundness } from './soundness.ts';

/** The whole app behind the contract. */
export interface Core {
  readonly handlers: ContractHandlers;
  readonly log: Log;
  close(): Promise<void>;
}

/** Days of simulated history that a new lab begins with. */
const LAB_HISTORY_DAYS = 14;

/** Builds everything for a window: engine, followers, imports, the reader's thread, and the lab when it is asked for. */
export async function composeCore(
  options: CoreOptions,
  ports: { readonly cipher: Cipher | null },
): Promise<Core> {
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const lab = options.lab
      ? await startLab({ ...options.lab, ...labPlace(options), agentScript: AGENT_SCRIPT })
      : null;
    if (lab) closers.push(() => lab.close());
    const engine = await openEngine(engineOptions(options, lab, ports.cipher));
    closers.push(() => engine.close());
    const hub = new ChangeHub();
    closers.push(() => hub.close());
    const reader = new WorkerReader(options.dataFolder);
    closers.push(() => reader.close());
    const collector = collectorOf(engine, () => hub.dataChanged());
    closers.push(() => collector.close());
    const journal = observed(engine, hub, collector);
    const sources = new AlertSources({
      sources: engine.store.sources,
      journal,
      clock: engine.clock,
      changed: () => hub.statusChanged(),
      troubleChanged: () => hub.dataChanged(),
    });
    closers.push(() => sources.close());
    const tools = connectionTools({ engine, hub, sources });
    const connections = new Connections(tools);
    closers.push(() => connections.close());
    const changed = () => hub.dataChanged();
    const scans = openScans({ engine, tools, connections, collector, changed });
    closers.push(() => scans.close());
    const imports = new Imports(readInto(engine, journal), () => hub.statusChanged());
    closers.push(() => imports.close());
    engine.queue.onChange(tellOfQueue(engine, hub));
    engine.queue.onSettled(() => {
      connections.outcomeSettled();
      hub.dataChanged();
    });
    if (lab) await prepareLabConnection(lab, engine);
    sources.resume();
    await connections.start();
    collector.collect();
    scans.start();
    engine.queue.start();
    const soundness = new Soundness();
    checkInBackground(soundness, engine, reader, hub);
    return {
      handlers: bindContract({
        options,
        engine,
        hub,
        reader,
        sources,
        connections,
        imports,
        scans,
        soundness,
      }),
      log: engine.log,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function labPlace(options: CoreOptions) {
  return { folder: join(options.dataFolder, 'world'), historyDays: LAB_HISTORY_DAYS };
}

function engineOptions(options: CoreOptions, lab: Lab | null, cipher: Cipher | null) {
  return {
    dataFolder: options.dataFolder,
    world: lab ? 'lab' : 'real',
    holder: options.face === 'desktop' ? 'the desktop window' : 'the browser window',
    systemProxy: options.systemProxy ?? null,
    virustotalUrl: lab ? `${lab.virustotal.url}/api/v3` : null,
    cipher,
    ...(lab ? { secrets: new MemorySecretStore(new Map([['virustotal-key', lab.virustotal.key]])) } : {}),
  } as const;
}

/** A check that cannot be made is no finding: it is logged and made at the next start. */
function checkInBackground(soundness: Soundness, engine: Engine, reader: Reader, hub: ChangeHub): void {
  const found = (error: DomainError) => {
    engine.log.error('store.damaged', { error });
    hub.dataChanged();
  };
  soundness
    .check(engine.store, reader, found)
    .catch((error: unknown) => engine.log.warn('store.unchecked', { error }));
}

/** New events wake the queue and the windows; what they tell of scans becomes evidence. */
function observed(engine: Engine, hub: ChangeHub, collector: ScanCollector): ObservedJournal {
  return new ObservedJournal(engine.store.journal, (counts) => {
    if (counts.fimEvents + counts.managerVerdicts > 0) engine.queue.wake();
    collector.collect();
    hub.dataChanged();
  });
}

/** A key that is turned down, or accepted again, concerns the settings on screen; all else only the status. */
function tellOfQueue({ queue }: Engine, hub: ChangeHub): () => void {
  let wasRejected = queue.isKeyRejected;
  return () => {
    const isRejected = queue.isKeyRejected;
    if (isRejected === wasRejected) return hub.statusChanged();
    wasRejected = isRejected;
    hub.dataChanged();
  };
}

function readInto(engine: Engine, journal: ObservedJournal): ConstructorParameters<typeof Imports>[0] {
  return (input, signal, onProgress) => {
    const name = 'path' in input ? input.path : input.name;
    const sourceId = engine.store.sources.add({
      profile: 'local',
      path: name,
      format: 'auto',
      isFollowed: false,
      readsArchives: false,
    });
    return importAlerts({ input, sourceId, journal, clock: engine.clock, signal, onProgress });
  };
}
