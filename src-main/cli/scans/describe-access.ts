import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';

/** In one line. */
export function describeAccess(access: AgentAccess): string {
  if (!access.isOn) return 'not reached over SSH';
  const { user, host, port, methods, throughManager, elevation } = access;
  const parts = [
    `${user}@${host} port ${port}`,
    methods.join(', '),
    ...(throughManager ? ['through the manager'] : []),
    ...(elevation === 'none' ? [] : [elevation === 'sudo' ? 'sudo' : 'sudo with a password']),
  ];
  return parts.join('; ');
}
