/** `active` and the like as the API says; `agent_control`'s words are brought to the same (wazuh.md section 8). */
export const AGENT_STATUSES = ['active', 'disconnected', 'never-connected', 'pending', 'unknown'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** Who said so: each way knows less than the one before it. */
export const AGENT_SOURCES = ['api', 'agent-control', 'alerts'] as const;
export type AgentSource = (typeof AGENT_SOURCES)[number];

/** An agent as its manager knows it; null where the source does not say. Names and texts are hostile input. */
export interface KnownAgent {
  /** Three or more digits; `000` is the manager itself. */
  readonly agentId: string;
  readonly name: string;
  /** Null for `any`. */
  readonly ip: string | null;
  readonly status: AgentStatus;
  /** `4.14.7`; without the product's name. */
  readonly version: string | null;
  readonly osName: string | null;
  readonly osPlatform: string | null;
  readonly groups: readonly string[];
  /** ISO 8601 UTC; null when never, or not said. The API's `9999-12-31…` of agent 000 counts as null. */
  readonly lastKeepAlive: string | null;
  readonly nodeName: string | null;
}
