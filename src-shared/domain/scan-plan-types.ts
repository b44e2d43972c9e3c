/** What is known when a scan is planned, and what a plan says (scan-plan.ts). Facts: wazuh.md 6.2, 6.3, 7.1, 7.5, 8. */
import type { AgentAccess, PlannedScan } from '../ipc/scans.ts';
import type { KnownAgent } from './agent.ts';
import type { KesKnowledge } from './scan-kinds.ts';
import type { AgentProgram, ScanAction, ScanKind, ScanRoute } from './scan.ts';
import type { WazuhVersion } from './wazuh-version.ts';

/** What is known when a scan is planned. */
export interface PlanInput {
  readonly profile: string;
  readonly agent: KnownAgent;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
  readonly manager: {
    readonly version: WazuhVersion | null;
    /** Null where the profile has no API; `mayDispatch` null when nobody asked yet. */
    readonly api: { readonly mayDispatch: boolean | null } | null;
    /** `agent_control` may be run as root over SSH. */
    readonly mayRunAgentControl: boolean;
    /** Entries of ar.conf, `kaspersky-full0`; null when it could not be read. */
    readonly responseNames: readonly string[] | null;
    readonly prefix: string;
  };
  readonly access: {
    readonly user: string;
    readonly host: string;
    readonly port: number;
    readonly elevation: AgentAccess['elevation'];
    /** `user@host[:port]` of each machine on the way, as `ssh -J` takes them; empty: reached directly. */
    readonly jumps: readonly string[];
  } | null;
  readonly script: 'installed' | 'absent' | 'outdated' | 'unknown';
  readonly kes: KesKnowledge;
  /** A person's choice; null: the best. */
  readonly chosen: { readonly route: ScanRoute | null; readonly program: AgentProgram | null };
  readonly waitsUntil: string | null;
  /** Marks the scan in what the agent's script writes: 16 of [a-z0-9]. */
  readonly token: string;
}

/** How a way is carried out: what the dispatcher hands on. */
export type Dispatch =
  | {
      readonly route: 'api';
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
      readonly body: object;
    }
  | { readonly route: 'agent-control'; readonly argv: readonly string[] }
  | { readonly route: 'agent-ssh' };

export interface ScanPlan extends PlannedScan {
  readonly dispatch: Dispatch | null;
}

export interface Way {
  readonly route: ScanRoute;
  readonly program: AgentProgram;
}
export type Refusal = NonNullable<PlannedScan['refusal']>;
