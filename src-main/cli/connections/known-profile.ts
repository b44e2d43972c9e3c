import { readProfiles } from '../../store/stored-connections.ts';
import type { DirectReader } from '../../store/reader.ts';
import type { CommandContext } from '../context.ts';
import { profileNamed } from './named-profile.ts';

/**
 * The profile that `--profile` names, as it is written; null without one. Errors: `connections.unknown-name`. Files that
 * were named directly belong to `local`, which is no connection.
 */
export function knownProfile(reader: DirectReader, { namedProfile }: CommandContext): string | null {
  if (namedProfile === null || namedProfile === 'local') return namedProfile;
  return profileNamed(namedProfile, readProfiles(reader.connection)).profile.name;
}
