import { z } from 'zod';
import { AGENT_STATUSES, type AgentSource, type KnownAgent } from '../domain/agent.ts';
import { answer, command, query } from './procedure.ts';

/** An agent of one manager, with what is known of the files on it. */
export interface AgentRow extends KnownAgent {
  readonly profile: string;
  /** Null for files that were named directly, without a connection. */
  readonly profileId: number | null;
  readonly source: AgentSource;
  /** ISO 8601 UTC: when the source said so. */
  readonly seenAt: string;
  readonly fimEvents: number;
  readonly malicious: number;
  readonly suspicious: number;
}

export const agentFilter = z.object({
  profile: z.string().max(64).nullable().default(null),
  /** Name, id, address, group, system: any that contains it. */
  text: z.string().max(512).default(''),
  statuses: z.array(z.enum(AGENT_STATUSES)).max(AGENT_STATUSES.length).default([]),
  group: z.string().max(255).nullable().default(null),
});
export type AgentFilter = z.infer<typeof agentFilter>;

export interface AgentPage {
  readonly rows: readonly AgentRow[];
  readonly nextCursor: string | null;
  /** All that match. */
  readonly matching: number;
  readonly total: number;
}

/** What stands around the list: where it comes from and how old it is, a profile each. */
export interface AgentListing {
  readonly profileId: number;
  readonly profile: string;
  readonly source: AgentSource;
  readonly refreshedAt: string | null;
  /** Why it is not fresher or fuller, in words; null when it is. */
  readonly note: string | null;
}

export const agents = {
  list: query(
    z.object({
      filter: agentFilter,
      cursor: z.string().max(600).nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(500),
    }),
    answer<AgentPage>(),
  ),
  listings: query(z.void(), answer<readonly AgentListing[]>()),
  groups: query(z.void(), answer<readonly string[]>()),
  get: query(
    z.object({ profile: z.string().max(64), agentId: z.string().max(32) }),
    answer<AgentRow | null>(),
  ),
  /** Asks the managers again; null: all of them. */
  refresh: command(z.object({ profileId: z.number().int().nullable() }), answer<void>()),
};
