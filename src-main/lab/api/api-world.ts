import type { LabApiAgent } from './api-agents.ts';
import type { LabApiUser } from './users.ts';

/** An active response that was asked for. */
export interface ActiveResponseOrder {
  readonly agentId: string;
  /** `kaspersky-full0`, or `!kaspersky` for a program named directly. */
  readonly command: string;
  readonly arguments: readonly string[];
  readonly alert: Readonly<Record<string, unknown>>;
}

/** What the API serves: the manager behind it. */
export interface ApiWorld {
  /** The manager's prefix. */
  readonly root: string;
  /** `4.14.7`. */
  readonly version: string;
  readonly hostName: string;
  agents(): readonly LabApiAgent[];
  /** By name: `running`, `stopped`. */
  daemons(): Readonly<Record<string, string>>;
  /** The manager's clock, epoch milliseconds. */
  now(): number;
  /** Active response is disabled in the agent's own configuration. */
  refusesResponses(agentId: string): boolean;
  onActiveResponse(order: ActiveResponseOrder): void;
  /** A text handed to `POST /events`: it enters the manager as `1:API-Webhook:TEXT`. */
  onEvent(text: string): void;
}

/** A call that was let in. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  /** What the route's pattern caught. */
  readonly captured: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly user: LabApiUser;
}

/** Compares dotted versions: negative when `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let place = 0; place < 3; place += 1) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
