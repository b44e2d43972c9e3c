import { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** What agents are listed by. */
export interface AgentKey {
  readonly profile: string;
  readonly id_rank: number;
  readonly agent_id: string;
  readonly dictionary_id: number;
}

export function printAgentCursor({ profile, id_rank, agent_id, dictionary_id }: AgentKey): string {
  return Buffer.from(JSON.stringify([profile, id_rank, agent_id, dictionary_id])).toString('base64url');
}

/** Errors: `agents.bad-cursor`. */
export function parseAgentCursor(text: string): readonly [string, number, string, number] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 4) {
      const [profile, rank, agentId, dictionaryId]: readonly unknown[] = parsed;
      if (typeof profile === 'string' && typeof agentId === 'string')
        return [profile, Number(rank), agentId, Number(dictionaryId)];
    }
  } catch {
    // Told below, with everything else that is no cursor.
  }
  throw new DomainError(
    'agents.bad-cursor',
    'This page of the list of agents cannot be found.',
    'Load the list again from its beginning.',
  );
}
