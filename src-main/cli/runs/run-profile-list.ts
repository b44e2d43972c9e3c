import { existsSync } from 'node:fs';
import { storePath } from '../../store/connection.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import { readConnections } from '../../store/stored-connections.ts';
import { machineOf } from '../connections/name-machine.ts';
import type { CommandContext } from '../context.ts';
import { formatTable } from '../terminal.ts';

export async function listProfiles({ dataFolder, terminal }: CommandContext): Promise<void> {
  const profiles = storedProfiles(dataFolder);
  if (terminal.isJson) {
    return terminal.json(profiles.map(({ profile, isOff }) => ({ ...profile, isOff })));
  }
  if (profiles.length === 0) {
    return terminal.note(
      'No connection is set up. Set one up: verdict-desk profile add NAME --ssh USER@HOST, --local PREFIX or --api URL.',
    );
  }
  const rows = profiles.map(({ profile, isOff, capabilities }) => [
    profile.name,
    machineOf(profile),
    profile.api ? `${profile.api.user} at ${profile.api.url}` : '',
    profile.prefix ?? 'found by itself',
    capabilities?.manager.version ?? '',
    profile.alertFormat === null ? 'none' : `alerts.${profile.alertFormat}`,
    profile.publishing,
    isOff ? 'disconnected' : '',
  ]);
  const heads = ['Name', 'Machine', 'API', 'Prefix', 'Version', 'Follows', 'Publishes', ''];
  terminal.line(formatTable(heads, rows));
}

function storedProfiles(dataFolder: string): readonly StoredProfile[] {
  if (!existsSync(storePath(dataFolder))) return [];
  const stored = readConnections(dataFolder);
  try {
    return stored.list();
  } finally {
    stored.close();
  }
}
