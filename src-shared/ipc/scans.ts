import { z } from 'zod';
import type { CapabilityRemedy } from '../domain/capability.ts';
import {
  AGENT_PROGRAMS,
  SCAN_ACTIONS,
  SCAN_KINDS,
  SCAN_ROUTES,
  SCAN_STATES,
  type AgentProgram,
  type FleetRules,
  type ScanEvidence,
  type ScanKind,
  type ScanOnAgent,
  type ScanResult,
  type ScanRoute,
  type ScanState,
} from '../domain/scan.ts';
import type { KindAvailability, KindFacts } from '../domain/scan-kinds.ts';
import type { ConnectionNeed } from './connections.ts';
import { scanLookups } from './cross-verdict.ts';
import { answer, command, query } from './procedure.ts';

/** One scan on one agent, as lists show it. */
export interface ScanRow extends ScanOnAgent {
  /** What was seen last, in words: "Nothing detected, 418,220 objects", "Started; no result seen". */
  readonly summary: string;
  readonly result: ScanResult | null;
  /** 0 to 100; null while nobody tells. */
  readonly percent: number | null;
  readonly askedAt: string;
  /** Account on this workstation; null for automatic ones. */
  readonly askedBy: string | null;
  readonly endedAt: string | null;
  /** Launched by the manager through a trigger group. */
  readonly isAutomatic: boolean;
}

export interface ScanDetail {
  readonly row: ScanRow;
  readonly evidence: readonly ScanEvidence[];
  /** What could still be seen on this way and was not, with where it would come from. */
  readonly notSeen: readonly { readonly what: string; readonly source: string; readonly why: string }[];
  /** The exact request or command, secrets masked. */
  readonly exact: readonly string[];
  /** For `unknown`: likely causes, most likely first, each with a check. */
  readonly causes: readonly { readonly cause: string; readonly check: string }[];
  /** For automatic ones: the alert that most likely caused it. */
  readonly likelyCause: {
    readonly alertId: string;
    readonly ruleId: string;
    readonly description: string;
    readonly secondsBefore: number;
  } | null;
  /** The file this scan was asked for from. */
  readonly originFileId: number | null;
  readonly can: {
    readonly cancel: boolean;
    readonly stop: boolean;
    readonly suspend: boolean;
    readonly resume: boolean;
  };
}

/** One agent of a plan: what would be sent, or why nothing would. */
export interface PlannedScan {
  readonly profile: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly route: ScanRoute | null;
  readonly program: AgentProgram | null;
  /** The other ways that would work. */
  readonly alternatives: readonly { readonly route: ScanRoute; readonly program: AgentProgram }[];
  readonly exact: readonly string[];
  /** What this way suffers from, said before it is used. */
  readonly caveats: readonly string[];
  /** Whether a result can come back on this way. */
  readonly reports: 'launch' | 'result' | 'nothing';
  /** Why it cannot be sent at all; null when it can. */
  readonly refusal: { readonly message: string; readonly remedy: string } | null;
  /** The agent is away: it waits for it, until then. */
  readonly waitsUntil: string | null;
}

/** One found fact before a launch. */
export interface PreflightFact {
  readonly what:
    | 'installed'
    | 'service'
    | 'databases'
    | 'licence'
    | 'action'
    | 'task'
    | 'running-tasks'
    | 'load'
    | 'disk'
    | 'policy';
  readonly state: 'holds' | 'warns' | 'forbids' | 'not-seen';
  readonly found: string;
}
export interface AgentPreflight {
  readonly profile: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly facts: readonly PreflightFact[];
  readonly checkedAt: string;
  /** Why the agent could not be looked at; null when it could. `need`: a host key that a person may judge. */
  readonly problem: {
    readonly message: string;
    readonly remedy: string;
    readonly need?: Extract<ConnectionNeed, { kind: 'host-key-unknown' | 'host-key-changed' }>;
  } | null;
}

/** How agents of a profile are reached by SSH. `host` may hold `{ip}`, `{name}` and `{id}`. */
export interface AgentAccess {
  readonly isOn: boolean;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly methods: readonly ('agent' | 'key' | 'password')[];
  readonly keyPath: string | null;
  /** Through the manager as a jump host. */
  readonly throughManager: boolean;
  readonly elevation: 'none' | 'sudo' | 'sudo-password';
  /** Where Wazuh is installed on agents; left out: it is detected. */
  readonly prefix?: string;
}

/** What is known of KES and of our script on one agent. */
export interface AgentKes {
  readonly access: {
    /** Null: as the template says. */
    readonly own: AgentAccess | null;
    /** Of all agents of the profile. */
    readonly template: AgentAccess | null;
    /** What counts; null where SSH to agents is off. */
    readonly effective: AgentAccess | null;
  };
  readonly kesVersion: string | null;
  readonly script: 'installed' | 'absent' | 'outdated' | 'unknown';
  readonly kinds: readonly KindAvailability[];
  readonly seenAt: string | null;
}

const agentKey = z.object({ profile: z.string().max(64), agentId: z.string().regex(/^\d{3,10}$/) });
/** Absolute, no NUL or newline; more is checked where the path is used. */
const scanPath = z
  .string()
  .max(4096)
  .regex(/^\/[^\0\n\r]*$/);

export const scanRequest = z
  .object({
    agents: z.array(agentKey).min(1).max(20_000),
    kind: z.enum(SCAN_KINDS),
    path: scanPath.nullable().default(null),
    action: z.enum(SCAN_ACTIONS).default('as-set'),
    /** Null: the best way for each agent. */
    route: z.enum(SCAN_ROUTES).nullable().default(null),
    program: z.enum(AGENT_PROGRAMS).nullable().default(null),
    rules: z.object({
      atOnce: z.number().int().min(1).max(100),
      pauseSeconds: z.number().min(0).max(3600),
      canary: z.boolean(),
      waitHours: z
        .number()
        .min(0)
        .max(24 * 30),
    }),
    originFileId: z.number().int().nullable().default(null),
  })
  .refine((request) => (request.kind === 'file' || request.kind === 'folder') === (request.path !== null));
export type ScanRequest = z.infer<typeof scanRequest>;

export const scanFilter = z.object({
  profile: z.string().max(64).nullable().default(null),
  agentId: z.string().max(32).nullable().default(null),
  kinds: z.array(z.enum(SCAN_KINDS)).max(SCAN_KINDS.length).default([]),
  states: z.array(z.enum(SCAN_STATES)).max(SCAN_STATES.length).default([]),
  orderId: z.number().int().nullable().default(null),
  text: z.string().max(512).default(''),
  onlyAutomatic: z.boolean().default(false),
});
export type ScanFilter = z.infer<typeof scanFilter>;

export interface ScanPage {
  readonly rows: readonly ScanRow[];
  readonly nextCursor: string | null;
  readonly matching: number;
}

/** One order over many agents, summed up. */
export interface ScanOrder {
  readonly id: number;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly rules: FleetRules;
  readonly agents: number;
  readonly byState: Readonly<Partial<Record<ScanState, number>>>;
  /** Why the rest is held: the canary failed. */
  readonly heldBecause: string | null;
}

/** One link of the audit trail: who asked what and when on this workstation. */
export interface AuditEntry {
  readonly sequence: number;
  readonly at: string;
  readonly who: string;
  readonly deed: string;
  readonly detail: string;
  /** Lower-case hex SHA-256 over this entry and the hash of the one before. */
  readonly hash: string;
}

const byScan = z.object({ scanId: z.number().int() });
const agentAccess = z.object({
  isOn: z.boolean(),
  host: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\s/@"'\\]+$/),
  port: z.number().int().min(1).max(65_535),
  user: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\s:"'\\]+$/),
  methods: z
    .array(z.enum(['agent', 'key', 'password']))
    .min(1)
    .max(3),
  keyPath: z.string().min(1).max(4096).nullable(),
  throughManager: z.boolean(),
  elevation: z.enum(['none', 'sudo', 'sudo-password']),
  prefix: z
    .string()
    .max(1024)
    .regex(/^\/[^\0\n\r]*$/)
    .exactOptional(),
});
const agentSecrets = z.object({
  password: z.string().min(1).max(4096).optional(),
  passphrase: z.string().min(1).max(4096).optional(),
  sudoPassword: z.string().min(1).max(4096).optional(),
});

export const scans = {
  ...scanLookups,
  kinds: query(z.void(), answer<readonly KindFacts[]>()),
  /** Which kinds the chosen agents offer; derived or last read, nothing is asked. */
  availability: query(
    z.object({ agents: z.array(agentKey).max(20_000) }),
    answer<readonly (KindAvailability & { readonly agents: number; readonly of: number })[]>(),
  ),
  /** What would be sent where. Sends nothing. */
  plan: query(scanRequest, answer<readonly PlannedScan[]>()),
  /** Looks at the agents that can be reached by SSH; changes nothing. */
  preflight: command(
    z.object({
      agents: z.array(agentKey).min(1).max(200),
      kind: z.enum(SCAN_KINDS),
      path: scanPath.nullable(),
      action: z.enum(SCAN_ACTIONS).default('as-set'),
    }),
    answer<readonly AgentPreflight[]>(),
  ),
  /**
   * Errors: `scans.harm-not-accepted` when a kind may disinfect or delete and `acceptsHarm` is false,
   * `scans.preflight-forbids`, `scans.nothing-to-send`.
   */
  launch: command(
    scanRequest.and(z.object({ acceptsHarm: z.boolean() })),
    answer<{ readonly orderId: number; readonly scanIds: readonly number[] }>(),
  ),
  list: query(
    z.object({
      filter: scanFilter,
      cursor: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    answer<ScanPage>(),
  ),
  orders: query(z.object({ limit: z.number().int().min(1).max(200) }), answer<readonly ScanOrder[]>()),
  /** One order, however old; null when there is none of that number. */
  order: query(z.object({ orderId: z.number().int() }), answer<ScanOrder | null>()),
  get: query(byScan, answer<ScanDetail | null>()),
  /** What was not sent is taken back; a running one is stopped where KES allows it. */
  cancel: command(byScan, answer<void>()),
  cancelOrder: command(z.object({ orderId: z.number().int() }), answer<{ readonly cancelled: number }>()),
  /** After a held canary: go on with the rest all the same. */
  goOn: command(z.object({ orderId: z.number().int() }), answer<void>()),
  suspend: command(byScan, answer<void>()),
  resume: command(byScan, answer<void>()),
  agentKes: query(agentKey, answer<AgentKes>()),
  /** `agentId` null: the template for all agents of the profile. `access` null: as the template says. */
  setAgentAccess: command(
    z.object({
      profile: z.string().max(64),
      agentId: z.string().max(32).nullable(),
      access: agentAccess.nullable(),
      secrets: agentSecrets,
    }),
    answer<void>(),
  ),
  /** Our script on the agent, over SSH. `by-hand`: the exact lines for a person. */
  scriptByHand: query(
    z.object({ profile: z.string().max(64) }),
    answer<
      CapabilityRemedy & {
        readonly script: string;
        /** For the manager's etc/rules/local_rules.xml; not needed, they give reports words and levels of their own. */
        readonly rules: string;
      }
    >(),
  ),
  installScript: command(agentKey, answer<void>()),
  removeScript: command(agentKey, answer<void>()),
  audit: query(
    z.object({ before: z.number().int().nullable(), limit: z.number().int().min(1).max(500) }),
    answer<{
      readonly entries: readonly AuditEntry[];
      /** False when the chain does not hold: somebody changed it. */
      readonly isWhole: boolean;
      readonly total: number;
    }>(),
  ),
  exportAudit: query(z.void(), answer<{ readonly fileName: string; readonly text: string }>()),
};
