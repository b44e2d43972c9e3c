import type { CapabilityReport } from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { Log } from '../../log/log.ts';
import type { SharedApiLimits } from '../../manager/api/shared-limits.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { OfferedHostKeys } from '../../manager/ssh/host-key-trust.ts';
import type { SshPorts } from '../../manager/ssh/ssh-ports.ts';
import type { ProfileSecrets } from '../../secrets/profile-secrets.ts';
import type { Store } from '../../store/open-store.ts';
import type { AlertSources } from '../alert-sources.ts';
import type { Clock } from '../clock.ts';
import type { HandOver } from '../publishing/hand-over.ts';

/** What all connections share. */
export interface ConnectionTools {
  readonly store: Pick<
    Store,
    'profiles' | 'hostKeys' | 'certificates' | 'managerAgents' | 'publications' | 'sources'
  >;
  readonly sources: AlertSources;
  readonly secrets: ProfileSecrets;
  /** Keys that unknown hosts showed, of connections and of tests. */
  readonly offered: OfferedHostKeys;
  readonly limits: SharedApiLimits;
  readonly abilities: ManagerAbilities;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly log: Log;
  /** How connections stand changed. */
  readonly changed: () => void;
  /** What is stored of them changed. */
  readonly dataChanged: () => void;
}

/** What opening the ways to a manager takes: it changes nothing that is stored. */
export interface WayTools extends Pick<
  ConnectionTools,
  'secrets' | 'offered' | 'limits' | 'surroundings' | 'clock'
> {
  readonly store: Pick<ConnectionTools['store'], 'hostKeys' | 'certificates'>;
}

/** What can be asked of a manager once there is a way to it. */
export interface ManagerAbilities {
  /** Where Wazuh is installed; null when it is not found. */
  readonly detectPrefix: (host: ManagerHost, configured: string | null) => Promise<string | null>;
  readonly probe: (request: ProbeRequest) => Promise<CapabilityReport>;
  /** Null: outcomes wait. */
  readonly handOver: HandOver | null;
}

export interface ProbeRequest {
  readonly host: ManagerHost | null;
  readonly api: WazuhApi | null;
  readonly profile: ConnectionProfile;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly sudoPassword: () => Promise<string | null>;
}

/** What of this workstation connections use; left out: the account's own. */
export interface Surroundings {
  readonly ssh?: Partial<Pick<SshPorts, 'agents' | 'home' | 'timings'>>;
  readonly knownHostsFiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
}
