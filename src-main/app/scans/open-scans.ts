import { userInfo } from 'node:os';
import { AgentCare } from '../../kes/desk/agent-care.ts';
import { ScanDesk, type ScanDeskPorts } from '../../kes/desk/scan-desk.ts';
import type { Connections } from '../connections/connections.ts';
import type { ConnectionTools } from '../connections/connection-tools.ts';
import type { Engine } from '../engine.ts';
import { ConnectionsFleet } from './connections-fleet.ts';
import { KeptAgentSecrets } from './kept-agent-secrets.ts';
import type { ScanCollector } from './scan-collector.ts';

export interface ScansParts extends Pick<ScanDeskPorts, 'program' | 'pollMs' | 'profiles'> {
  readonly engine: Pick<Engine, 'store' | 'clock' | 'log'>;
  readonly tools: ConnectionTools;
  readonly connections: Connections;
  readonly collector: ScanCollector;
  /** Something a window shows changed. */
  readonly changed: () => void;
  /** For the record; default: the account of this process. */
  readonly who?: string;
}

/** Scans on demand over the connections. */
export interface Scans {
  readonly desk: ScanDesk;
  readonly care: AgentCare;
  /** Takes up what was open when the app ended: once the connections are started. */
  start(): void;
  /** Before the connections are closed. The tasks on the agents go on. */
  close(): Promise<void>;
}

export function openScans(parts: ScansParts): Scans {
  const { engine, tools, connections, collector, changed, program, pollMs, profiles: opened = null } = parts;
  const { store, clock, log } = engine;
  const { scans, agentKes: kes, audit, managerAgents: agents, profiles } = store;
  const fleet = new ConnectionsFleet({ connections, tools, agents, kes });
  const who = parts.who ?? userInfo().username;
  const common = { fleet, kes, audit, clock, who, onChange: changed };
  const desk = new ScanDesk({
    ...common,
    ...(program === undefined ? {} : { program }),
    ...(pollMs === undefined ? {} : { pollMs }),
    profiles: opened,
    scans,
    onTrouble: (error) => log.error('scans', { error }),
  });
  const stopHearing = collector.onEvidence((scanIds) => desk.heardOf(scanIds));
  return {
    desk,
    care: new AgentCare({
      ...common,
      secrets: new KeptAgentSecrets({ profiles, secrets: tools.secrets, fleet }),
    }),
    start: () => desk.start(),
    close: async () => {
      stopHearing();
      await desk.close();
    },
  };
}
