import type { ConnectionProfile } from '../../src-shared/domain/connection-profile.ts';
import type { ConnectionDetail } from '../../src-shared/ipc/connections.ts';
import { aProfile } from './a-profile.ts';

const hop = (host: string) => ({
  host,
  port: 22,
  user: 'ops',
  methods: ['password'] as const,
  keyPath: null,
});

/** A stored connection that goes to its manager through two jump hosts. */
export function aConnectionDetail(
  profile: Partial<ConnectionProfile>,
  secrets: ConnectionDetail['secrets'],
): ConnectionDetail {
  return {
    profile: aProfile({
      id: 3,
      name: 'fra',
      ssh: { ...hop('mgr-fra-1'), jumps: [hop('jump-1'), hop('jump-2')], allowsLegacyAlgorithms: false },
      elevation: 'sudo-password',
      ...profile,
    }),
    secrets,
    capabilities: null,
    hostKeys: [],
    certificate: null,
    publications: { waiting: 0, sent: 0, seen: 0, failed: 0, error: null },
  };
}
