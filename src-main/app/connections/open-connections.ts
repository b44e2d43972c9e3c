import { redactor } from '../../log/redactor.ts';
import { SharedApiLimits } from '../../manager/api/shared-limits.ts';
import { detectPrefix } from '../../manager/probe/detect-prefix.ts';
import { probeCapabilities } from '../../manager/probe/probe-capabilities.ts';
import { createHandOver } from '../../manager/publish/create-hand-over.ts';
import { OfferedHostKeys } from '../../manager/ssh/host-key-trust.ts';
import { ProfileSecrets } from '../../secrets/profile-secrets.ts';
import type { AlertSources } from '../alert-sources.ts';
import type { ChangeHub } from '../change-hub.ts';
import type { Engine } from '../engine.ts';
import type { ConnectionTools, ManagerAbilities, Surroundings, WayTools } from './connection-tools.ts';
import { Connections } from './connections.ts';

export interface ConnectionParts {
  readonly engine: Engine;
  readonly hub: Pick<ChangeHub, 'statusChanged' | 'dataChanged'>;
  readonly sources: AlertSources;
  readonly surroundings?: Surroundings;
}

/** The connections of a data folder; nothing is connected before `start`. */
export function openConnections(parts: ConnectionParts): Connections {
  return new Connections(connectionTools(parts));
}

export function connectionTools({
  engine,
  hub,
  sources,
  surroundings = {},
}: ConnectionParts): ConnectionTools {
  const { store, secrets, clock, log } = engine;
  return {
    sources,
    ...wayTools({ store, secrets, clock, surroundings }),
    abilities: {
      ...MANAGER_QUESTIONS,
      handOver: createHandOver((profile, note) => log.info('publishing.note', { profile, note })),
    },
    log,
    changed: () => hub.statusChanged(),
    dataChanged: () => hub.dataChanged(),
  };
}

/** What only asks a manager. */
export const MANAGER_QUESTIONS: Omit<ManagerAbilities, 'handOver'> = {
  detectPrefix,
  probe: probeCapabilities,
};

/** Also over a store that is only read. */
export function wayTools<Stored extends WayTools['store']>({
  store,
  secrets,
  clock,
  surroundings = {},
}: Pick<Engine, 'secrets' | 'clock'> & {
  readonly store: Stored;
  readonly surroundings?: Surroundings;
}) {
  return {
    store,
    secrets: new ProfileSecrets(secrets, (secret) => redactor.register(secret)),
    offered: new OfferedHostKeys(),
    limits: new SharedApiLimits(clock),
    surroundings,
    clock,
  };
}
