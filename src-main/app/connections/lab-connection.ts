import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { AGENT_ACCOUNT } from '../../lab/agents/agent-machine.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Engine } from '../engine.ts';
import { endpointsOf, forgetUnusedPins } from './endpoints.ts';

const NAME = 'lab-manager';

/**
 * Makes the lab's manager a connection like any other: over SSH and its API, as production reaches one. It is the lab of
 * this process, so that its key and its certificate are known without asking anybody; its ports differ at each start.
 */
export async function prepareLabConnection(lab: Lab, { store, secrets, clock }: Engine): Promise<void> {
  const known = store.profiles.list().find(({ profile }) => profile.name === NAME)?.profile ?? null;
  const draft: ProfileDraft = { ...draftOf(lab), publishing: known?.publishing ?? 'off' };
  const profileId = known?.id ?? store.profiles.add(draft);
  store.profiles.change(profileId, draft);
  if (known) forgetUnusedPins(endpointsOf(known), store);
  trustLab(lab, draft, store, clock.now());
  // Earlier versions followed the file of the lab's manager directly.
  for (const { id, path, profileId: owner } of store.sources.list()) {
    if (owner === null && path === lab.manager.alertsJson) store.sources.stop(id);
  }
  openSomeAgents(lab, store);
  await secrets.set(`profile-${profileId}-api-password`, lab.api.password, { acceptsClearText: true });
}

function draftOf({ ssh, api }: Lab): ProfileDraft {
  const { host, port, user, keyPath, prefix } = ssh;
  return {
    name: NAME,
    ssh: { host, port, user, methods: ['key'], keyPath, jumps: [], allowsLegacyAlgorithms: false },
    isLocal: false,
    api: { url: api.url, user: api.user },
    prefix,
    elevation: 'sudo',
    alertFormat: 'json',
    readsArchives: true,
    publishing: 'off',
  };
}

/** A few machines with an agent are reached over SSH, the others by active responses alone: both can be tried. */
const REACHED_AGENTS = 3;

function openSomeAgents({ ssh, agents }: Lab, { agentKes }: Engine['store']): void {
  for (const { agentId, host, port } of agents.ssh().slice(0, REACHED_AGENTS)) {
    agentKes.setAccess(NAME, agentId, {
      isOn: true,
      host,
      port,
      user: AGENT_ACCOUNT.name,
      methods: ['key'],
      keyPath: ssh.keyPath,
      throughManager: true,
      elevation: 'sudo',
    });
  }
}

function trustLab(
  { ssh, api, agents }: Lab,
  draft: ProfileDraft,
  { hostKeys, certificates }: Engine['store'],
  nowMs: number,
): void {
  const { host, port, keyType, hostKey, fingerprint } = ssh;
  // A folder whose credentials were made anew shows another key than the one that was trusted.
  hostKeys.forget(host, port);
  hostKeys.pin({ host, port, keyType, key: hostKey, fingerprint, acceptedMs: nowMs });
  for (const agent of agents.ssh()) {
    hostKeys.forget(agent.host, agent.port);
    hostKeys.pin({ ...agent, key: agent.hostKey, acceptedMs: nowMs });
  }
  const endpoint = endpointsOf(draft).api;
  if (endpoint) certificates.accept(endpoint.host, endpoint.port, api.fingerprint, nowMs);
}
