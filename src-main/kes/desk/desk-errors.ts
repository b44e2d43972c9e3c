import { DomainError } from '../../../src-shared/errors/domain-error.ts';

export function harmNotAccepted(): DomainError {
  return new DomainError(
    'scans.harm-not-accepted',
    'KES may disinfect and delete files on these agents.',
    'Say that it may, or choose to look only where the kind allows it.',
  );
}

export function nothingToSend(): DomainError {
  return new DomainError(
    'scans.nothing-to-send',
    'None of these agents can be sent the scan.',
    'The plan says why for each of them.',
  );
}

export function cannotStop(): DomainError {
  return new DomainError(
    'scans.cannot-stop',
    'This way cannot stop a scan that was sent.',
    'Give the agent SSH access, or stop the task on the agent: kesl-control --stop-task.',
  );
}

export function scanGone(): DomainError {
  return new DomainError('scans.gone', 'There is no such scan.', 'Look at the list again.');
}
