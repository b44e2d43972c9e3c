import type { Dispatch } from '../../src-shared/domain/scan-plan-types.ts';
import type {
  FleetRules,
  ScanAction,
  ScanEvidence,
  ScanKind,
  ScanOnAgent,
} from '../../src-shared/domain/scan.ts';
import type { AgentAccess } from '../../src-shared/ipc/scans.ts';

/** What a person asked for once. */
export interface StoredOrder {
  readonly id: number;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
  readonly rules: FleetRules;
  readonly askedMs: number;
  /** Account on this workstation. */
  readonly askedBy: string;
  readonly originFileId: number | null;
  /** Why the rest waits for a person: the canary failed, or found something. Null: it goes on. */
  readonly heldBecause: string | null;
}
export type NewOrder = Omit<StoredOrder, 'id' | 'heldBecause'>;

/** One scan on one agent. */
export interface StoredScan extends ScanOnAgent {
  /** What is sent, as it was planned and shown. */
  readonly dispatch: Dispatch | null;
  readonly exact: readonly string[];
  /** 16 of [a-z0-9]: marks what our script writes about it. */
  readonly token: string;
  /** The first of its order that is tried alone. */
  readonly isCanary: boolean;
  /** Until when an agent that is away is waited for; null: not at all. */
  readonly waitsUntilMs: number | null;
  readonly askedMs: number;
  /** When the request left; null before. */
  readonly sentMs: number | null;
  readonly endedMs: number | null;
  /** The task that is followed over SSH, and the agent's clock when it was started: to go on after a restart. */
  readonly task: { readonly name: string; readonly since: string | null } | null;
  readonly likelyCause: LikelyCause | null;
}
export type NewScan = Omit<
  StoredScan,
  'id' | 'orderId' | 'state' | 'askedMs' | 'sentMs' | 'endedMs' | 'task' | 'likelyCause'
>;

/** The alert that most likely made the manager launch a response: agent, rule and second agree; its id is not reliable. */
export interface LikelyCause {
  readonly alertId: string;
  readonly ruleId: string;
  readonly description: string;
  readonly secondsBefore: number;
}

/** Where orders, scans and their evidence are kept. Every method is one durable transaction. */
export interface ScanStore {
  /** The order, its scans, and `requested` as the first evidence of each. */
  addOrder(order: NewOrder, scans: readonly NewScan[], nowMs: number): { orderId: number; scanIds: number[] };
  order(orderId: number): StoredOrder | null;
  /** Orders with scans that are not settled, oldest first. */
  openOrders(): readonly StoredOrder[];
  /** False once the connection it was asked for was removed, or leads elsewhere, whatever has its name now. */
  hasItsConnection(scanId: number): boolean;
  scansOf(orderId: number): readonly StoredScan[];
  scan(scanId: number): StoredScan | null;
  byToken(token: string): StoredScan | null;
  /** Scans of one agent that were sent and may still be heard of, newest first. */
  awaitedOn(profile: string, agentId: string, sinceMs: number): readonly StoredScan[];
  /** Appends, derives the state anew, answers what the scan is now. */
  addEvidence(scanId: number, evidence: readonly ScanEvidence[]): StoredScan;
  evidence(scanId: number): readonly ScanEvidence[];
  setTask(scanId: number, task: StoredScan['task']): void;
  setHeld(orderId: number, because: string): void;
  /** A person judged the canary: `rules.canary` becomes false, `heldBecause` null. */
  passCanary(orderId: number): void;
  /** `sent` scans without a sign for UNKNOWN_AFTER_MS become `unknown`. Answers how many. */
  noteSilence(nowMs: number): number;
}

/** What is remembered of KES on an agent. */
export interface KesMemory {
  readonly kesVersion: string | null;
  readonly taskNames: readonly string[] | null;
  readonly script: 'installed' | 'absent' | 'outdated' | 'unknown';
  readonly seenMs: number | null;
}

export interface AgentKesStore {
  /** `agentId` null: the template of the profile. */
  access(profile: string, agentId: string | null): AgentAccess | null;
  setAccess(profile: string, agentId: string | null, access: AgentAccess | null): void;
  memory(profile: string, agentId: string): KesMemory;
  remember(profile: string, agentId: string, change: Partial<KesMemory>): void;
}

/** Who asked what and when on this workstation: append-only, each entry hashed with the one before it. */
export interface AuditTrail {
  append(
    entry: { readonly who: string; readonly deed: string; readonly detail: string },
    nowMs: number,
  ): void;
}
