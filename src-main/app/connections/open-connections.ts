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
import type { Surroundings } from './connection-tools.ts';
import { Connections } from './connections.ts';

export interface ConnectionParts {
  readonly engine: Engine;
  readonly hub: Pick<ChangeHub, 'statusChanged' | 'dataChanged'>;
  readonly sources: AlertSources;
  readonly surroundings?: Surroundings;
}

/** The connections of a data folder; nothing is connected before `start`. */
export function openConnections({ engine, hub, sources, surroundings = {} }: ConnectionParts): Connections {
  const { store, secrets, clock, log } = engine;
  return new Connections({
    store,
    sources,
    secrets: new ProfileSecrets(secrets, (secret) => redactor.register(secret)),
    offered: new OfferedHostKeys(),
    limits: new SharedApiLimits(clock),
    abilities: {
      detectPrefix,
      probe: probeCapabilities,
      handOver: createHandOver((profile, note) => log.info('publishing.note', { profile, note })),
    },
    surroundings,
    clock,
    log,
    changed: () => hub.statusChanged(),
    dataChanged: () => hub.dataChanged(),
  });
}
