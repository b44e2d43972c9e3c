import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';

/** It left, and nobody knows whether it arrived: only the alert that comes back can tell. */
export function unsure(host: string, cause: unknown): DomainError {
  return new DomainError(
    'publishing.unsure',
    `Whether ${visibleText(host)} took the outcome is not known: the connection broke meanwhile.`,
    'It is handed over again if its alert does not come back.',
    cause,
  );
}

export function switchedOff(profile: string): DomainError {
  return new DomainError(
    'publishing.off',
    `Publishing is switched off for ${visibleText(profile)}.`,
    'Switch it on in the settings of this connection.',
  );
}

export function wayMissing(profile: string, way: 'socket' | 'api'): DomainError {
  return way === 'socket'
    ? new DomainError(
        'publishing.no-way',
        `${visibleText(profile)} publishes over the manager’s queue, but has no way to its machine.`,
        'Add SSH to the connection, or publish over the API.',
      )
    : new DomainError(
        'publishing.no-way',
        `${visibleText(profile)} publishes over the API, but has none.`,
        'Add the API to the connection, or publish over the manager’s queue.',
      );
}

export function noPrefix(host: string): DomainError {
  return new DomainError(
    'publishing.no-prefix',
    `Where Wazuh is installed on ${visibleText(host)} is not known, so its queue is not either.`,
    'Enter the folder of the installation in the connection.',
  );
}

export function takesNoOutcomes(version: string): DomainError {
  return new DomainError(
    'publishing.not-possible',
    `Wazuh ${visibleText(version)} has neither VirusTotal rules nor a way in for their events.`,
    'Switch publishing off for this connection; the verdicts stay here.',
  );
}

export function apiTakesNoEvents(version: string): DomainError {
  return new DomainError(
    'publishing.not-possible',
    `The API of Wazuh ${visibleText(version)} takes no events; that came with 4.6.`,
    'Publish over the manager’s queue instead: the connection needs SSH for it.',
  );
}

export function tooLarge(bytes: number, most: number): DomainError {
  return new DomainError(
    'publishing.too-large',
    `An outcome of ${bytes.toLocaleString('en')} bytes is more than the manager reads: ${most.toLocaleString('en')}.`,
    'It stays in the history here; nothing has to be done.',
  );
}

export function noWriter(host: string): DomainError {
  return new DomainError(
    'publishing.no-writer',
    `No program on ${visibleText(host)} can write to the manager’s queue: neither python3 nor perl nor socat is there.`,
    'Install one of them on the manager, or publish over the API.',
  );
}

export function queueNotAllowed(host: string, socket: string, group: string): DomainError {
  return new DomainError(
    'publishing.not-allowed',
    `The account may not write to ${visibleText(socket)} on ${visibleText(host)}.`,
    `Add it to the group ${group} (usermod -aG ${group} USER; it counts from the next sign-in on), or choose sudo in the connection.`,
  );
}

export function queueAway(host: string, socket: string): DomainError {
  return new DomainError(
    'publishing.queue-away',
    `Nobody reads ${visibleText(socket)} on ${visibleText(host)}: analysisd is not running, or its queue is elsewhere.`,
    'Look at the state of the manager (wazuh-control status); outcomes wait meanwhile.',
  );
}

export function queueFull(host: string): DomainError {
  return new DomainError(
    'publishing.queue-full',
    `The queue of ${visibleText(host)} is full: analysisd does not keep up.`,
    'The outcome is handed over again later. If it stays so, look at the load of the manager.',
  );
}

export function writerFailed(host: string, said: string): DomainError {
  const words = visibleText(said.trim().slice(0, 300));
  return new DomainError(
    'publishing.not-written',
    `The manager’s queue on ${visibleText(host)} could not be written to${words === '' ? '.' : `: ${words}`}`,
    'Run the check of this connection: it says what the account may do.',
  );
}

export function apiDidNotTakeIt(said: string): DomainError {
  return new DomainError(
    'publishing.not-taken',
    `The API did not pass the outcome on: ${visibleText(said)}`,
    'Look at the state of analysisd on the manager; the outcome is handed over again later.',
  );
}
