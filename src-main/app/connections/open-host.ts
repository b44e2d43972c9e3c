import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import { SshHost } from '../../manager/host/ssh-host.ts';
import { KeptSshLink } from '../../manager/ssh/kept-ssh-link.ts';
import type { SshLink } from '../../manager/ssh/ssh-link.ts';
import type { WayTools } from './connection-tools.ts';
import { openLocalHost, rootAccess, sshPorts, type SecretLookup } from './open-ways.ts';

/** The machine of a profile with the link that leads there: no link when it is this one, neither for an API alone. */
export function openHostOf(
  profile: ConnectionProfile,
  tools: WayTools,
  secretOf: SecretLookup,
): { readonly link: SshLink | null; readonly host: ManagerHost | null } {
  if (profile.isLocal) return { link: null, host: openLocalHost(profile, secretOf) };
  if (!profile.ssh) return { link: null, host: null };
  const link = new KeptSshLink({ access: profile.ssh, ports: sshPorts(tools, secretOf) });
  return { link, host: new SshHost(profile.ssh.host, link, rootAccess(profile, secretOf)) };
}
