import {
  endpointName,
  type ConnectionProfile,
  type SshHop,
} from '../../../src-shared/domain/connection-profile.ts';

/** How a manager's machine is reached, in words. */
export function machineOf({ ssh, isLocal }: ConnectionProfile): string {
  if (isLocal) return 'this machine';
  if (!ssh) return 'no machine';
  const way = [ssh, ...ssh.jumps.toReversed()].map(nameOf).join(' through ');
  return ssh.allowsLegacyAlgorithms ? `${way} (legacy algorithms)` : way;
}

const nameOf = ({ user, host, port }: SshHop): string => `${user}@${endpointName(host, port)}`;
