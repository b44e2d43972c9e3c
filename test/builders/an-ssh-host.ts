import { NO_ROOT_ACCESS, type RootAccess } from '../../src-main/manager/host/root-access.ts';
import { SshHost } from '../../src-main/manager/host/ssh-host.ts';
import { KeptSshLink } from '../../src-main/manager/ssh/kept-ssh-link.ts';
import type { SshPorts } from '../../src-main/manager/ssh/ssh-ports.ts';
import type { SshAccess } from '../../src-shared/domain/connection-profile.ts';
import type { Sshd } from './an-sshd.ts';
import { accessTo, pinsOf, sshPorts, trustIn } from './ssh-ports.ts';

/**
 * For sshd: the account's shell reads no start-up files. They belong to whoever runs the tests, may take long, and may keep
 * locks that a killed session leaves behind.
 */
export const WITHOUT_STARTUP_FILES = 'SetEnv HOME=/nonexistent';

export interface AnSshHost {
  readonly host: SshHost;
  readonly link: KeptSshLink;
  readonly close: () => Promise<void>;
}

/** A manager behind a real sshd, connected; as the account that runs the tests unless said otherwise. */
export async function anSshHost(
  sshd: Sshd,
  options: {
    readonly access?: Partial<SshAccess>;
    readonly root?: RootAccess;
    readonly timings?: SshPorts['timings'];
    readonly firstAnswerMs?: number;
  } = {},
): Promise<AnSshHost> {
  const access = accessTo(sshd, options.access);
  const store = pinsOf({ host: sshd.host, port: access.port, hostKeys: sshd.hostKeys });
  const { timings } = options;
  const ports = sshPorts({ trust: trustIn(store), ...(timings && { timings }) });
  const link = new KeptSshLink({ access, ports, random: () => 0 });
  const host = new SshHost('mgr-test', link, options.root ?? NO_ROOT_ACCESS, options.firstAnswerMs);
  link.start();
  await link.session();
  return {
    host,
    link,
    close: async () => {
      host.close();
      await link.stop();
    },
  };
}
