import type { RouterClient } from '@orpc/server';
import { bindAgents } from './bind-agents.ts';
import { bindConnections } from './bind-connections.ts';
import { bindDetections } from './bind-detections.ts';
import { bindScans } from './bind-scans.ts';
import { bindSettings } from './bind-settings.ts';
import { bindSources } from './bind-sources.ts';
import { os, type CoreParts } from './core-parts.ts';
import { buildOverview } from './overview.ts';
import { buildStatus } from './status.ts';

export type ContractHandlers = ReturnType<typeof bindContract>;
/** The contract without a wire: for tests of the core itself. */
export type LocalClient = RouterClient<ContractHandlers>;

/** One handler for each word of the contract. */
export function bindContract(parts: CoreParts) {
  const { hub } = parts;
  return os.router({
    status: {
      get: os.status.get.handler(() => buildStatus(parts)),
      watch: os.status.watch.handler(({ signal }) => hub.watch(signal, () => buildStatus(parts))),
    },
    overview: {
      get: os.overview.get.handler(({ input, signal }) => buildOverview(parts, input.days, signal)),
    },
    detections: bindDetections(parts),
    sources: bindSources(parts),
    connections: bindConnections(parts),
    agents: bindAgents(parts),
    scans: bindScans(parts),
    settings: bindSettings(parts),
  });
}
