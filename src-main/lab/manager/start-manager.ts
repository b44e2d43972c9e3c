import { join } from 'node:path';
import { AgentDoors } from '../agents/agent-doors.ts';
import { declaredResponses } from '../agents/declared-responses.ts';
import type { Clock } from '../../app/clock.ts';
import { startLabApi, type LabApiControl } from '../api/lab-api.ts';
import type { LabHome } from '../lab-home.ts';
import { openLabCredentials } from '../ssh/lab-credentials.ts';
import { startLabSsh, type LabSshControl } from '../ssh/lab-ssh.ts';
import { agentRecords, LAB_VERSION } from '../world/agent-records.ts';
import { apiAgent } from './api-agent.ts';
import { DAEMONS } from './daemons.ts';
import { alertOfEvent, readQueueMessage, WEBHOOK, type EventOrigin } from './integration-events.ts';
import { LAB_ACCOUNTS, LAB_PREFIX, managerMachine } from './manager-machine.ts';
import type { ManagerFacts } from './wazuh-programs.ts';

/** How the lab's manager is reached over SSH. The secrets open this lab and nothing else. */
export interface LabSshAccess {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Group member with `sudo -n`. */
  readonly user: string;
  readonly password: string;
  /** Of the private key, without a passphrase. */
  readonly keyPath: string;
  /** `ssh-ed25519`. */
  readonly keyType: string;
  /** The host key as SSH sends it, base64. */
  readonly hostKey: string;
  /** `SHA256:` and unpadded base64, of the host key. */
  readonly fingerprint: string;
  /** Signs in with the password and this code. */
  readonly secondFactor: { readonly user: string; readonly code: string };
  /** May only transfer files. */
  readonly filesOnlyUser: string;
  readonly prefix: string;
  readonly control: LabSshControl;
}

/** How its API is reached. */
export interface LabApiAccess {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** May do everything. */
  readonly user: string;
  readonly password: string;
  /** Lower-case hex SHA-256 of the certificate. */
  readonly fingerprint: string;
  readonly control: LabApiControl;
}

export interface LabManager {
  readonly ssh: LabSshAccess;
  readonly api: LabApiAccess;
  /** An event that reached analysisd: raises the alert its rules make of it, if any. */
  readonly raise: (event: string, origin: EventOrigin) => void;
  readonly facts: ManagerFacts;
  /** The agents' machines over SSH, through the manager's. */
  readonly doors: AgentDoors;
  close(): Promise<void>;
}

export interface LabManagerOptions {
  readonly home: LabHome;
  readonly ports: { readonly ssh: number; readonly api: number };
  readonly clock: Clock;
  readonly onRestart: () => void;
}

/** The manager's machine, its SSH server and its API. Errors: `lab.port-taken`. */
export async function startLabManager(options: LabManagerOptions): Promise<LabManager> {
  const { home, ports, onRestart } = options;
  const { open, folder } = home;
  const raise = (event: string, origin: EventOrigin) => {
    const draft = alertOfEvent(event, origin);
    if (draft) open.world.write(draft, open.time.now());
  };
  const facts: ManagerFacts = {
    version: LAB_VERSION,
    daemons: () => DAEMONS,
    agents: () => agentRecords(open.time.now(), open.fleet),
    restart: onRestart,
    receive: (message) => {
      const read = readQueueMessage(message);
      if (read) raise(read.event, read.origin);
    },
    responses: () => declaredResponses(open.root),
    respond: (agentId, command, text) => open.fleet.receiveFromTool(agentId, command, text),
  };
  const credentials = openLabCredentials(folder);
  const doors = new AgentDoors({
    fleet: open.fleet,
    time: open.time,
    credentials,
    keysPath: join(folder, 'ssh/agents.json'),
  });
  const machine = managerMachine({
    root: open.root,
    machineFolder: join(open.root, '..', 'machine'),
    time: open.time,
    facts,
    password: () => credentials.password,
  });
  const ssh = await startLabSsh({
    machine,
    credentials,
    forward: doors.forward,
    port: ports.ssh,
    users: [
      { account: LAB_ACCOUNTS.verdict, ways: ['publickey', 'password'] },
      { account: LAB_ACCOUNTS.secondFactor, ways: ['second-factor'] },
      { account: LAB_ACCOUNTS.filesOnly, ways: ['publickey', 'password'] },
    ],
  });
  const api = await startApi(options, facts, raise).catch(async (error: unknown) => {
    await ssh.close();
    throw error;
  });
  return {
    api,
    ssh: {
      host: ssh.host,
      port: ssh.port,
      user: LAB_ACCOUNTS.verdict.name,
      password: credentials.password,
      keyPath: credentials.clientKey.path,
      keyType: ssh.hostKey.keyType,
      hostKey: ssh.hostKey.publicKey,
      fingerprint: ssh.hostKey.fingerprint,
      secondFactor: { user: LAB_ACCOUNTS.secondFactor.name, code: credentials.code },
      filesOnlyUser: LAB_ACCOUNTS.filesOnly.name,
      prefix: LAB_PREFIX,
      control: ssh.control,
    },
    raise,
    facts,
    doors,
    close: async () => {
      await ssh.close();
      await api.close();
    },
  };
}

async function startApi(
  { home: { folder, open }, ports, clock }: LabManagerOptions,
  facts: ManagerFacts,
  raise: LabManager['raise'],
): Promise<LabApiAccess & { close(): Promise<void> }> {
  const api = await startLabApi({
    folder,
    clock,
    root: open.root,
    version: facts.version,
    port: ports.api,
    managerTime: () => open.time.now(),
    agents: () => facts.agents().map(apiAgent),
    daemons: () =>
      Object.fromEntries(
        facts.daemons().map(({ name, isRunning }) => [name, isRunning ? 'running' : 'stopped']),
      ),
    onEvent: (event) => raise(event, WEBHOOK),
    refusesResponses: (agentId) => open.fleet.refusesResponses(agentId),
    onActiveResponse: (order) => open.fleet.receiveOrder(order),
  });
  const [administrator] = api.users;
  return {
    url: api.url,
    user: administrator?.name ?? '',
    password: administrator?.password ?? '',
    fingerprint: api.fingerprint ?? '',
    control: api.control,
    close: () => api.close(),
  };
}
