import { Connections } from '../../app/connections/connections.ts';
import { profileNamed } from '../connections/named-profile.ts';
import { Person } from '../connections/person.ts';
import { openWritingTools } from '../connections/writing-tools.ts';
import type { CommandContext } from '../context.ts';

export async function removeProfile(name: string, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const person = new Person(context);
  const { tools, close } = await openWritingTools(context, { holder: 'verdict-desk profile remove', person });
  try {
    const { profile } = profileNamed(name, tools.store.profiles.list());
    await new Connections(tools).remove(profile.id);
    if (terminal.isJson) return terminal.json({ name: profile.name, isRemoved: true });
    terminal.line(`${profile.name} is removed. What was read from it stays.`);
  } finally {
    await close();
  }
}
