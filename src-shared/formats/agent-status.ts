import { AGENT_STATUSES, type AgentStatus } from '../domain/agent.ts';

/** `never_connected` (API 4.x), `Never connected` (API 3.x, agent_control) and `Active/Local` brought to one vocabulary. */
export function agentStatusOf(word: string | null): AgentStatus {
  const plain = (word ?? '')
    .trim()
    .toLowerCase()
    .replace('/local', '')
    .replaceAll(/[_\s]+/g, '-');
  return AGENT_STATUSES.find((status) => status === plain) ?? 'unknown';
}

/** Three or more digits; null for what is no agent's number. */
export function agentIdOf(text: string | null): string | null {
  return text !== null && /^\d{3,10}$/.test(text) ? text : null;
}

const LONGEST_TEXT = 512;

/** A name or address as it is told, bounded; null when empty. */
export function agentText(text: string | null): string | null {
  const told = (text ?? '').slice(0, LONGEST_TEXT).toWellFormed();
  return told === '' ? null : told;
}

/** Null for `any`: registered without a fixed address. */
export function agentAddress(text: string | null): string | null {
  return text === 'any' ? null : agentText(text);
}

/** The newest word on each agent, in the order of their first appearance. */
export function uniqueAgents<Agent extends { readonly agentId: string }>(
  agents: readonly Agent[],
): readonly Agent[] {
  return [...new Map(agents.map((agent) => [agent.agentId, agent])).values()];
}
