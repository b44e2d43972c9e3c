import { readFileSync } from 'node:fs';
import { KeptSshLink } from '../../src-main/manager/ssh/kept-ssh-link.ts';
import { SshHost } from '../../src-main/manager/host/ssh-host.ts';
import { createRecordReader } from '../../src-main/alerts/create-record-reader.ts';
import type { ApiFailedItem } from '../../src-main/manager/api/wazuh-api.ts';
import type { Lab } from '../../src-main/lab/lab.ts';
import type { Alert, ResponseEvent } from '../../src-shared/domain/alert.ts';
import { labAccess, type LabHost } from './a-lab-host.ts';
import type { Apis } from './an-api.ts';
import { MemoryHostKeys, sshPorts, trustIn } from './ssh-ports.ts';

/** An agent's machine over SSH: the manager is the jump host, `sudo -n` gives root. */
export async function aLabAgent(lab: Lab, agent: string): Promise<LabHost> {
  const store = new MemoryHostKeys();
  const { host, port, keyType, hostKey, fingerprint, keyPath } = lab.ssh;
  store.pin({ host, port, keyType, key: hostKey, fingerprint, acceptedMs: 0 });
  const accesses = lab.agents.ssh();
  for (const known of accesses) store.pin({ ...known, key: known.hostKey, acceptedMs: 0 });
  const access = accesses.find(({ agentId, name }) => agentId === agent || name === agent);
  if (!access) throw new Error(`The lab shows no SSH access to ${agent}.`);
  const { jumps, allowsLegacyAlgorithms, ...manager } = labAccess(lab);
  const way = { ...manager, host: access.host, port: access.port, keyPath, allowsLegacyAlgorithms };
  const link = new KeptSshLink({
    access: { ...way, jumps: [...jumps, manager] },
    ports: sshPorts({ trust: trustIn(store) }),
    random: () => 0,
  });
  const remote = new SshHost(access.name, link, { elevation: 'sudo', sudoPassword: async () => null });
  link.start();
  await link.session();
  const close = async () => {
    remote.close();
    await link.stop();
  };
  return { host: remote, link, close };
}

/** `PUT /active-response` on the lab's API as its administrator. */
export async function sendResponse(
  lab: Lab,
  apis: Apis,
  agents: readonly string[],
  body: { readonly command: string; readonly arguments?: readonly string[] },
): Promise<{ readonly sent: readonly unknown[]; readonly failed: readonly ApiFailedItem[] }> {
  const { items, failed } = await apis.clientOf(lab).request({
    method: 'PUT',
    path: '/active-response',
    query: { agents_list: agents.join(',') },
    json: { arguments: [], ...body },
  });
  return { sent: items, failed };
}

/** What the product reads of the lab's live alert file in one form. */
export function decodedAlerts(lab: Lab, form: 'json' | 'log' = 'json'): readonly Alert[] {
  const path = form === 'json' ? lab.manager.alertsJson : lab.manager.alertsLog;
  const reader = createRecordReader(form, 0);
  return [reader.push(readFileSync(path)), reader.end()].flatMap(({ records }) =>
    records.map(({ alert }) => alert),
  );
}

export function responsesOf(
  lab: Lab,
  agentName: string,
  form: 'json' | 'log' = 'json',
): readonly ResponseEvent[] {
  return decodedAlerts(lab, form).flatMap((alert) =>
    alert.kind === 'response' && alert.agent.name === agentName ? [alert] : [],
  );
}
