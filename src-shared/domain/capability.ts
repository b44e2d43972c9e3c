/** What an account may do on one manager, found by looking and never by changing anything. */
export interface CapabilityReport {
  /** ISO 8601 UTC. */
  readonly probedAt: string;
  readonly tookMs: number;
  readonly manager: ManagerFacts;
  /** Manager clock minus ours, milliseconds, round trip halved out; null when it could not be asked. */
  readonly clockDifferenceMs: number | null;
  readonly findings: readonly CapabilityFinding[];
  /** Which ways could start active responses; absent in reports of older versions. */
  readonly dispatch?: DispatchWays;
}

/** Null: it was not found out, or holds for some agents only. */
export interface DispatchWays {
  readonly byApi: boolean | null;
  readonly byHost: boolean | null;
}

export interface ManagerFacts {
  readonly hostName: string | null;
  /** `4.14.7`; null when nothing tells it. */
  readonly version: string | null;
  readonly prefix: string | null;
  /** The account as `id` tells it: `verdict`, its groups; null without a shell. */
  readonly account: {
    readonly user: string;
    readonly groups: readonly string[];
    readonly isRoot: boolean;
  } | null;
  readonly daemons: readonly { readonly name: string; readonly isRunning: boolean }[];
  /** Node name in a cluster; null without one. */
  readonly clusterNode: string | null;
}

export const CAPABILITIES = [
  'shell',
  'sftp',
  'installation',
  'version',
  'daemons',
  'read-alerts',
  'read-archives',
  'alerts-json-on',
  'alerts-log-on',
  'read-configuration',
  'edit-configuration',
  'edit-rules',
  'validate-configuration',
  'restart',
  'list-agents',
  'dispatch-responses',
  'publish-outcomes',
  'elevation',
  'api-reachable',
  'api-login',
  'api-permissions',
  'clock',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** `partly`: holds with a limit that `found` names. `not-asked`: the profile has no way to find out. */
export const FINDING_STATES = ['holds', 'partly', 'missing', 'unknown', 'not-asked'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export interface CapabilityFinding {
  readonly capability: Capability;
  readonly state: FindingState;
  /** What was found, in words: one sentence. */
  readonly found: string;
  readonly via: 'ssh' | 'api' | 'local';
  /** What would grant it and no more; null when it holds or nobody can. */
  readonly remedy: CapabilityRemedy | null;
}

export interface CapabilityRemedy {
  /** One or two sentences. */
  readonly words: string;
  /** Where the lines belong (`/etc/sudoers.d/verdict-desk`), or null when they are commands to run as root. */
  readonly place: string | null;
  readonly lines: readonly string[];
}
