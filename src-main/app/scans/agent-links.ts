import type { AgentSecretKind } from '../../../src-shared/domain/connection-profile.ts';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import type { AgentHostLease } from '../../kes/desk/fleet.ts';
import { SshHost } from '../../manager/host/ssh-host.ts';
import { detectPrefix } from '../../manager/probe/detect-prefix.ts';
import { connectThrough, type LiveJump } from '../../manager/ssh/connect-through.ts';
import { RefusedSecrets } from '../../manager/ssh/refused-secrets.ts';
import type { WayTools } from '../connections/connection-tools.ts';
import { OneSessionLink } from '../connections/one-session-link.ts';
import { rootAccess, sshPorts } from '../connections/open-ways.ts';
import { Turns } from './turns.ts';

export interface AgentAddress {
  /** Who it is, in this program: what its server turned down is remembered under it. */
  readonly key: string;
  readonly host: string;
  readonly access: AgentAccess;
  /** The manager, where the way leads through it. */
  readonly jump: (() => Promise<LiveJump>) | null;
  readonly secretOf: (kind: AgentSecretKind) => Promise<string | null>;
}

/** Connections that are made at once: sshd of a jump host turns away more (`MaxStartups 10:30:100`). */
const MOST_HANDSHAKES = 6;

/** Connections to agents, one for each use. */
export class AgentLinks {
  readonly #tools: WayTools;
  readonly #turns = new Turns(MOST_HANDSHAKES);
  readonly #refused = new Map<string, RefusedSecrets>();

  constructor(tools: WayTools) {
    this.#tools = tools;
  }

  /** Secrets that these agents turned down are tried once more. */
  retry(isMeant: (key: string) => boolean): void {
    for (const key of this.#refused.keys()) if (isMeant(key)) this.#refused.delete(key);
  }

  /** Errors: those of `connectSsh`. The caller closes what it gets. */
  async open(address: AgentAddress, signal: AbortSignal): Promise<AgentHostLease> {
    const session = await this.#turns.take(signal, () => this.#connect(address, signal));
    const { access, host: name } = address;
    const host = new SshHost(
      name,
      new OneSessionLink(session),
      rootAccess(access, () => address.secretOf('sudo-password')),
    );
    return {
      host,
      name,
      prefix: () => detectPrefix(host, access.prefix ?? null),
      close: async () => {
        host.close();
        await session.close();
      },
    };
  }

  async #connect({ key, host, access, jump, secretOf }: AgentAddress, signal: AbortSignal) {
    const { port, user, methods, keyPath } = access;
    const refused = this.#refused.get(key) ?? new RefusedSecrets();
    this.#refused.set(key, refused);
    const ports = {
      ...sshPorts(this.#tools, () => Promise.resolve(null)),
      secretFor: (_hop: number | null, kind: 'password' | 'passphrase') => secretOf(kind),
      // Nobody sits in front of a fleet: what asks for more than a password is not signed in to.
      ask: () => Promise.resolve(null),
      refused,
    };
    const hop = { host, port, user, methods, keyPath };
    return connectThrough(hop, jump && (await jump()), ports, signal);
  }
}
