import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { StoredProfile } from '../../store/profile-record.ts';

/** The profile of that name, whatever the case. Errors: `connections.unknown-name`, which lists those that are there. */
export function profileNamed(name: string, profiles: readonly StoredProfile[]): StoredProfile {
  const found = profiles.find(({ profile }) => profile.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = profiles.map(({ profile }) => profile.name);
  throw new DomainError(
    'connections.unknown-name',
    `There is no connection named ${name}.`,
    names.length === 0
      ? 'None is set up yet: verdict-desk profile add NAME sets one up.'
      : `Known are: ${names.join(', ')}.`,
  );
}

export function noProfiles(): DomainError {
  return new DomainError(
    'connections.none',
    'No connection to a manager is set up.',
    'Set one up: verdict-desk profile add NAME --ssh USER@HOST, or --local PREFIX, or --api URL --api-user USER.',
  );
}
