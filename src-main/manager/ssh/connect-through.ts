import type { SshHop } from '../../../src-shared/domain/connection-profile.ts';
import { openHop } from './open-hop.ts';
import { OpenSshSession } from './open-session.ts';
import { dial, forward } from './reach-hop.ts';
import type { HopAt } from './ssh-failure.ts';
import type { SshSession } from './ssh-link.ts';
import { timingsOf, type SshPorts } from './ssh-ports.ts';

/** A machine that is connected already, to be gone through. */
export interface LiveJump {
  readonly session: SshSession;
  readonly hop: SshHop;
}

/**
 * One connection to one machine: directly, or through the live connection to another one, which stays when this one ends.
 * Rejects as `connectSsh`; nothing is left open then.
 */
export async function connectThrough(
  hop: SshHop,
  jump: LiveJump | null,
  ports: SshPorts,
  signal: AbortSignal,
): Promise<OpenSshSession> {
  const at: HopAt = { hop, place: null };
  const reach = { clock: ports.clock, connectMs: timingsOf(ports).connectMs, signal };
  const stream = jump
    ? await forward({ client: jump.session.client, at: { hop: jump.hop, place: 0 } }, at, reach)
    : await dial(at, reach);
  const client = await openHop({ at, stream, ports, signal, allowsLegacy: false, onStep: () => undefined });
  return new OpenSshSession(at, [{ client, stream }], ports.clock);
}
