import { DomainError } from '../../../src-shared/errors/domain-error.ts';

export function noSuchProfile(): DomainError {
  return new DomainError(
    'connections.no-such-profile',
    'This connection does not exist any more.',
    'Reload the list of connections: it was removed, perhaps in another window.',
  );
}

export function turnedOff(name: string): DomainError {
  return new DomainError('connections.off', `${name} is disconnected.`, 'Connect it in Settings first.');
}

export function keyNotOffered(host: string): DomainError {
  return new DomainError(
    'connections.key-not-offered',
    `${host} has not shown this host key since the app started.`,
    'Connect again, and compare the fingerprint that is shown then.',
  );
}

export function otherKeyPinned(host: string): DomainError {
  return new DomainError(
    'connections.other-key-pinned',
    `Another host key of ${host} is accepted already.`,
    'Compare the new fingerprint on the console of the server. Forget the old key first, then accept the new one.',
  );
}

export function certificateNotOffered(): DomainError {
  return new DomainError(
    'connections.certificate-not-offered',
    'The API does not show this certificate at the moment.',
    'Connect again, and compare the fingerprint that is shown then.',
  );
}

export function promptGone(): DomainError {
  return new DomainError(
    'connections.prompt-gone',
    'The manager does not wait for this answer any more.',
    'Connect again: it asks anew.',
  );
}
