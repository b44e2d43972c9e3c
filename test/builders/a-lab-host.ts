import type { Lab } from '../../src-main/lab/lab.ts';
import { NO_ROOT_ACCESS, type RootAccess } from '../../src-main/manager/host/root-access.ts';
import { SshHost } from '../../src-main/manager/host/ssh-host.ts';
import { KeptSshLink } from '../../src-main/manager/ssh/kept-ssh-link.ts';
import type { ConnectionProfile, SshAccess } from '../../src-shared/domain/connection-profile.ts';
import { pinsOf, sshPorts, trustIn } from './ssh-ports.ts';

export interface LabHost {
  readonly host: SshHost;
  readonly link: KeptSshLink;
  readonly close: () => Promise<void>;
}

/** The lab's manager over its SSH server, connected; as the group member with `sudo -n` unless another user is named. */
export async function aLabHost(
  lab: Lab,
  { user = lab.ssh.user, root = NO_ROOT_ACCESS }: { readonly user?: string; readonly root?: RootAccess } = {},
): Promise<LabHost> {
  const { host: address, port, keyType, hostKey, fingerprint } = lab.ssh;
  const hostKeys = [{ keyType, key: hostKey, fingerprint }];
  const ports = sshPorts({ trust: trustIn(pinsOf({ host: address, port, hostKeys })) });
  const link = new KeptSshLink({ access: labAccess(lab, user), ports, random: () => 0 });
  const host = new SshHost('lab-manager', link, root);
  link.start();
  await link.session();
  const close = async () => {
    host.close();
    await link.stop();
  };
  return { host, link, close };
}

export function labAccess({ ssh }: Lab, user = ssh.user): SshAccess {
  const { host, port, keyPath } = ssh;
  return { host, port, user, keyPath, methods: ['key'], jumps: [], allowsLegacyAlgorithms: false };
}

/** A profile of nothing yet; what matters to a test is given. */
export function aProfile(changes: Partial<ConnectionProfile>): ConnectionProfile {
  return {
    id: 1,
    name: 'mgr-test',
    ssh: null,
    isLocal: false,
    api: null,
    prefix: null,
    elevation: 'none',
    alertFormat: 'json',
    readsArchives: true,
    publishing: 'off',
    ...changes,
  };
}
