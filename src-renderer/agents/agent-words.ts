import { AGENT_STATUSES, type AgentSource, type AgentStatus } from '../../src-shared/domain/agent.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentListing, AgentRow } from '../../src-shared/ipc/agents.ts';
import { pastTime } from '../ui/format-time.ts';
import type { MarkName } from '../ui/mark.tsx';

export const STATUS_WORDS: Readonly<Record<AgentStatus, string>> = {
  active: 'Active',
  disconnected: 'Disconnected',
  'never-connected': 'Never connected',
  pending: 'Pending',
  unknown: 'Not told',
};

/** Tick: reports. Square: went away. Clock: on its way. Ring: not seen. */
export const STATUS_MARKS: Readonly<Record<AgentStatus, MarkName>> = {
  active: 'clean',
  disconnected: 'failed',
  'never-connected': 'waits',
  pending: 'queued',
  unknown: 'no-records',
};

export const SOURCE_WORDS: Readonly<Record<AgentSource, string>> = {
  api: 'the manager’s API',
  'agent-control': 'agent_control',
  alerts: 'the alerts that were read',
};

/** `mgr-fra-1: from the manager’s API, 40 s ago`. */
export function listingWords({ profile, source, refreshedAt }: AgentListing, now: number): string {
  const when = refreshedAt === null ? 'not asked yet' : pastTime(refreshedAt, now);
  return `${visibleText(profile)}: from ${SOURCE_WORDS[source]}, ${when}`;
}

/** `Ubuntu 24.04`, or what the platform is called where the system has no name. */
export function systemWords({ osName, osPlatform }: AgentRow): string {
  return visibleText(osName ?? osPlatform ?? '');
}

/** Names a row: its connection and its id. */
export function agentKey({ profile, agentId }: Pick<AgentRow, 'profile' | 'agentId'>): string {
  return `${profile}/${agentId}`;
}

export function readStatuses(text: string | null): readonly AgentStatus[] {
  const asked = (text ?? '').split(',');
  return AGENT_STATUSES.filter((status) => asked.includes(status));
}
