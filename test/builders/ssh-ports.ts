import { systemClock } from '../../src-main/app/clock.ts';
import { connectSsh } from '../../src-main/manager/ssh/connect-ssh.ts';
import type { HostKeyStore, PinnedHostKey } from '../../src-main/manager/ssh/host-key-store.ts';
import { createHostKeyTrust, type HostKeyTrust } from '../../src-main/manager/ssh/host-key-trust.ts';
import { RefusedSecrets } from '../../src-main/manager/ssh/refused-secrets.ts';
import type { SshPorts } from '../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess, SshAuthMethod, SshHop } from '../../src-shared/domain/connection-profile.ts';
import type { Sshd } from './an-sshd.ts';

/** Pins in memory. */
export class MemoryHostKeys implements HostKeyStore {
  #keys: PinnedHostKey[] = [];

  pinned(host: string, port: number): readonly PinnedHostKey[] {
    return this.#keys.filter((key) => key.host === host && key.port === port);
  }

  pin(key: PinnedHostKey): void {
    this.#keys.push(key);
  }

  forget(host: string, port: number): void {
    this.#keys = this.#keys.filter((key) => key.host !== host || key.port !== port);
  }
}

/** Pins all host keys these servers have now, as a person would who accepted them. */
export function pinsOf(...sshds: readonly Pick<Sshd, 'host' | 'port' | 'hostKeys'>[]): MemoryHostKeys {
  const store = new MemoryHostKeys();
  for (const { host, port, hostKeys } of sshds) {
    for (const key of hostKeys) store.pin({ host, port, ...key, acceptedMs: 0 });
  }
  return store;
}

/** Trust in those pins alone: no file of the account that runs the tests is read. */
export function trustIn(store: HostKeyStore, files: readonly string[] = []): HostKeyTrust {
  return createHostKeyTrust({ store, files });
}

/** Ports for tests: no secrets, no agent, nobody to ask. */
export function sshPorts(ports: Partial<SshPorts> & Pick<SshPorts, 'trust'>): SshPorts {
  return {
    clock: systemClock,
    secretFor: async () => null,
    ask: async () => null,
    refused: new RefusedSecrets(),
    agents: [],
    ...ports,
  };
}

/** One machine on the way, signed in with its client key unless said otherwise. */
export function hopTo(
  sshd: Pick<Sshd, 'host' | 'port' | 'user' | 'clientKey'>,
  changes: Partial<SshHop> = {},
): SshHop {
  const methods: readonly SshAuthMethod[] = ['key'];
  return {
    host: sshd.host,
    port: sshd.port,
    user: sshd.user,
    methods,
    keyPath: sshd.clientKey.path,
    ...changes,
  };
}

export function accessTo(
  sshd: Pick<Sshd, 'host' | 'port' | 'user' | 'clientKey'>,
  changes: Partial<SshAccess> = {},
): SshAccess {
  return { ...hopTo(sshd), jumps: [], allowsLegacyAlgorithms: false, ...changes };
}

/** Signs in and leaves again; gives the failure, or null. */
export async function signIn(
  access: SshAccess,
  ports: Partial<SshPorts> & Pick<SshPorts, 'trust'>,
): Promise<unknown> {
  try {
    const session = await connectSsh(access, sshPorts(ports), new AbortController().signal);
    await session.close();
    return null;
  } catch (error) {
    return error;
  }
}
