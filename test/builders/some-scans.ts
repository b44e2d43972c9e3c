import { onTestFinished } from 'vitest';
import { collectorOf } from '../../src-main/app/scans/collector-of.ts';
import { openScans, type ScansParts } from '../../src-main/app/scans/open-scans.ts';
import type { KnownAgent } from '../../src-shared/domain/agent.ts';
import type { ProfileDraft } from '../../src-shared/domain/connection-profile.ts';
import type { AgentAccess } from '../../src-shared/ipc/scans.ts';
import { PROFILE } from './a-fleet-request.ts';
import { aDraft } from './a-profile.ts';
import { anAgent } from './a-scan-plan.ts';
import type { Sshd } from './an-sshd.ts';
import { someConnections } from './some-connections.ts';

/** Scans over real connections and a real store; the manager lists these agents. */
export async function someScans({
  manager,
  agents = [anAgent({ ip: '127.0.0.1' })],
  ...rest
}: {
  readonly manager: Partial<ProfileDraft>;
  readonly agents?: readonly KnownAgent[];
} & Pick<ScansParts, 'program' | 'pollMs'>) {
  const world = someConnections();
  const { store, tools, connections } = world;
  const profileId = store.profiles.add(aDraft({ name: PROFILE, alertFormat: null, ...manager }));
  store.managerAgents.refreshed(profileId, { listed: { source: 'api', agents }, note: null }, Date.now());
  const engine = { store, clock: tools.clock, log: tools.log };
  const collector = collectorOf(engine, tools.dataChanged);
  const scans = openScans({
    ...rest,
    engine,
    tools,
    connections,
    collector,
    changed: tools.dataChanged,
    who: 'operator',
  });
  onTestFinished(() => scans.close());
  await connections.start();
  scans.start();
  return { ...world, ...scans, profileId };
}

/** Its host keys, as a person would accept them. */
export function pin(
  { store }: Pick<ReturnType<typeof someConnections>, 'store'>,
  ...sshds: readonly Pick<Sshd, 'host' | 'port' | 'hostKeys'>[]
): void {
  for (const { host, port, hostKeys } of sshds) {
    for (const key of hostKeys) store.hostKeys.pin({ host, port, ...key, acceptedMs: 0 });
  }
}

/** SSH to the agents, each at the address the manager knows. */
export function agentAccess(sshd: Sshd, change: Partial<AgentAccess> = {}): AgentAccess {
  return {
    isOn: true,
    host: '{ip}',
    port: sshd.port,
    user: sshd.user,
    methods: ['key'],
    keyPath: sshd.clientKey.path,
    throughManager: false,
    elevation: 'none',
    ...change,
  };
}
