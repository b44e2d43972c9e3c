import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { listAgents } from '../../manager/agents/list-agents.ts';
import type { AgentsFlags } from '../commands/agents.ts';
import { chosenProfiles } from '../connections/chosen-profiles.ts';
import { Person } from '../connections/person.ts';
import { withManager } from '../connections/reach-manager.ts';
import { openWritingTools, type WritingTools } from '../connections/writing-tools.ts';
import type { CommandContext } from '../context.ts';

/** Asks the managers for their agents, one after the other; one that does not answer makes the exit code 1. */
export async function refreshAgents(flags: AgentsFlags, context: CommandContext): Promise<void> {
  const person = new Person(context);
  const opened = await openWritingTools(context, { holder: 'verdict-desk agents --refresh', person });
  try {
    const { tools } = opened;
    const parts = { tools, profiles: tools.store.profiles.list() };
    for (const { profile } of await chosenProfiles(flags, context, parts)) {
      if (!context.signal.aborted) await refresh(profile, { opened, person, context });
    }
  } finally {
    await opened.close();
  }
}

async function refresh(
  profile: ConnectionProfile,
  {
    opened: { tools },
    person,
    context: { signal, terminal },
  }: { readonly opened: WritingTools; readonly person: Person; readonly context: CommandContext },
): Promise<void> {
  await withManager(profile, { tools, person, signal }, async ({ host, api, troubles }) => {
    for (const { message, remedy } of troubles) terminal.note(`${profile.name}: ${message}\n${remedy}`);
    const prefix = profile.prefix ?? (host && (await tools.abilities.detectPrefix(host, null)));
    const found = await listAgents({ api, host, prefix, signal, urgency: 'now' });
    const { source, agents, note } = found;
    const listed = agents === null ? null : { source, agents };
    tools.store.managerAgents.refreshed(profile.id, { listed, note }, tools.clock.now());
    if (listed) return;
    process.exitCode = 1;
    terminal.note(`${profile.name}: its agents could not be listed. ${visibleText(note ?? '')}`);
  });
}
