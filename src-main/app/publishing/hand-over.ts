import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';

/** One outcome on its way to a manager. */
export interface OutcomeEvent {
  /** The event as JSON in one line: the form of integration.log with our mark (`publication-marker.ts`). */
  readonly event: string;
  /** The agent it is about; null for what concerns the manager itself. `id` and `ip` are null where nothing tells them. */
  readonly agent: { readonly name: string; readonly id: string | null; readonly ip: string | null } | null;
}

/** The manager it is handed to, and the ways there. */
export interface PublishingTarget {
  readonly profile: ConnectionProfile;
  readonly host: ManagerHost | null;
  readonly api: WazuhApi | null;
  /** As found on the manager; null when nothing told it. */
  readonly prefix: string | null;
  readonly version: string | null;
}

/**
 * Hands an outcome to a manager by the way its profile names. Resolves once the manager has taken it; that its rules made
 * an alert of it only the follower can tell. Errors: `manager.offline`, `api.unreachable` and the like when the manager
 * is not reached; `publishing.unsure` when it may or may not have taken it; anything else is a refusal.
 */
export type HandOver = (
  target: PublishingTarget,
  outcome: OutcomeEvent,
  signal: AbortSignal,
) => Promise<void>;
