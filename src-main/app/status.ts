import type { AppStatus } from '../../src-shared/ipc/status.ts';
import type { CoreParts } from './core-parts.ts';
import { VERSION } from './version.ts';

/** The heartbeat of the window, from counters only: it is built up to four times a second. */
export function buildStatus({ options, engine, hub, sources, connections, imports }: CoreParts): AppStatus {
  const followed = sources.status();
  const managers = connections.status();
  const running = imports.status();
  const isIdle = followed.length + managers.length + running.length === 0;
  const tallies = engine.store.tallies();
  return {
    app: {
      version: VERSION,
      isLab: options.lab !== null,
      face: options.face,
      platform: process.platform,
      dataFolder: options.dataFolder,
      virustotalUrl: engine.virustotalUrl,
      isFirstRun: tallies.fim_events === 0 && tallies.listed === 0 && isIdle,
    },
    sources: followed,
    connections: managers,
    testPrompts: connections.prompts.needs,
    imports: running,
    queue: engine.queue.status(),
    scans: {
      running: tallies.scans_running,
      waiting: tallies.scans_waiting,
      needsYou: tallies.orders_held,
    },
    toTriage: tallies.to_triage,
    revision: hub.revision,
  };
}
