import { endpointName } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentAccess, AgentKes } from '../../../src-shared/ipc/scans.ts';
import type { MarkName } from '../../ui/mark.tsx';

export const SCRIPT_WORDS: Readonly<Record<AgentKes['script'], string>> = {
  installed: 'Installed',
  outdated: 'An older version',
  absent: 'Not installed',
  unknown: 'Not looked yet',
};
export const SCRIPT_MARKS: Readonly<Record<AgentKes['script'], MarkName>> = {
  installed: 'clean',
  outdated: 'suspicious',
  absent: 'waits',
  unknown: 'no-records',
};

/** `verdict@{ip}:22 through the manager, with sudo`. */
export function accessWords({ user, host, port, throughManager, elevation }: AgentAccess): string {
  const way = throughManager ? ' through the manager' : '';
  const root = elevation === 'none' ? '' : ', with sudo';
  return visibleText(`${user}@${endpointName(host, port)}${way}${root}`);
}

/** Whose access counts: `off`, `its own`, `as all agents of the connection`. */
export function originWords({ own, effective }: AgentKes['access']): string {
  if (own) return effective ? 'its own' : 'switched off for this agent';
  return effective ? 'as all agents of the connection' : 'none';
}
