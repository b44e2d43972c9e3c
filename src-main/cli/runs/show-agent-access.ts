import { readAgentKes, readProfiles } from '../../store/stored-connections.ts';
import type { AgentAccessFlags } from '../commands/agent-access.ts';
import { knownProfile } from '../connections/known-profile.ts';
import { noProfiles } from '../connections/named-profile.ts';
import type { CommandContext } from '../context.ts';
import { describeAccess } from '../scans/describe-access.ts';
import { openForReading } from './open-for-reading.ts';

/** The template of each connection, or how one agent is reached. */
export async function showAgentAccess({ agent }: AgentAccessFlags, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const reader = openForReading(context);
  if (!reader) throw noProfiles();
  try {
    const named = knownProfile(reader, context);
    const names = readProfiles(reader.connection).map(({ profile }) => profile.name);
    const kes = readAgentKes(reader.connection);
    const shown = names
      .filter((name) => named === null || name === named)
      .map((profile) => {
        const own = agent === undefined ? null : kes.access(profile, agent);
        const template = kes.access(profile, null);
        return { profile, agentId: agent ?? null, own, template, effective: own ?? template };
      });
    if (terminal.isJson) return terminal.json(shown);
    for (const { profile, own, effective } of shown) {
      const whose = agent === undefined ? profile : `${profile}, agent ${agent}${own ? ' (its own)' : ''}`;
      terminal.line(`${whose}: ${effective ? describeAccess(effective) : 'not reached over SSH'}`);
    }
  } finally {
    await reader.close();
  }
}
