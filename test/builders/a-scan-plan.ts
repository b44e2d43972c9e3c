import type { KnownAgent } from '../../src-shared/domain/agent.ts';
import { parseKesVersion } from '../../src-shared/domain/kes-version.ts';
import type { PlanInput } from '../../src-shared/domain/scan-plan-types.ts';
import { parseWazuhVersion } from '../../src-shared/domain/wazuh-version.ts';

/** A connected Linux agent of a current manager. */
export function anAgent(change: Partial<KnownAgent> = {}): KnownAgent {
  return {
    agentId: '001',
    name: 'web-ams-1',
    ip: '10.20.1.11',
    status: 'active',
    version: '4.14.7',
    osName: 'Debian GNU/Linux 12',
    osPlatform: 'debian',
    groups: ['default'],
    lastKeepAlive: null,
    nodeName: null,
    ...change,
  };
}

/** A full scan over the API of a 4.14.7 manager, of an agent without anything of ours. */
export function aPlanInput(
  change: Partial<PlanInput> & { managerVersion?: string; kesVersion?: string } = {},
): PlanInput {
  const { managerVersion = '4.14.7', kesVersion, ...rest } = change;
  return {
    profile: 'prod',
    agent: anAgent(),
    kind: 'full',
    path: null,
    action: 'as-set',
    manager: {
      version: parseWazuhVersion(managerVersion),
      api: { mayDispatch: true },
      mayRunAgentControl: true,
      responseNames: null,
      prefix: '/var/ossec',
    },
    access: null,
    script: 'absent',
    kes: { version: kesVersion === undefined ? null : parseKesVersion(kesVersion), taskNames: null },
    chosen: { route: null, program: null },
    waitsUntil: null,
    token: 'abcdefgh12345678',
    ...rest,
  };
}
