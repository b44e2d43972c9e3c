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

export function preflightForbids(why: string): DomainError {
  return new DomainError(
    'scans.preflight-forbids',
    `The look at the agents speaks against it: ${why}`,
    'Set that right on the agents and look again, or choose other agents.',
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

export function noAccess(): DomainError {
  return new DomainError(
    'kes.no-access',
    'There is no SSH access to this agent.',
    'Set it up on the agent’s page, or with verdict-desk agent-access set.',
  );
}

export function notListed(agentId: string): DomainError {
  return new DomainError(
    'kes.not-listed',
    `The manager lists no agent ${agentId}.`,
    'Refresh the agents, then choose again.',
  );
}

export function noTask(): DomainError {
  return new DomainError(
    'kes.no-task',
    'KES has no task of this scan that could be stopped.',
    'Scans of a file or folder run to their end; look again in a while.',
  );
}

export function stopRefused(deed: string, task: string, code: number | null): DomainError {
  return new DomainError(
    'kes.refused',
    `kesl-control refused to ${deed} ${task} (code ${code ?? 'none'}).`,
    'Look at the task on the agent; a Security Center policy may hold it.',
  );
}

export function noPrefix(name: string): DomainError {
  return new DomainError(
    'kes.no-agent',
    `No Wazuh agent was found on ${name}.`,
    'Check that the address is that of the agent, and where the agent is installed.',
  );
}
