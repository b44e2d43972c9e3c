import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { SshAccess } from '../../../src-shared/domain/connection-profile.ts';
import { openHop } from './open-hop.ts';
import { OpenSshSession } from './open-session.ts';
import { dial, forward } from './reach-hop.ts';
import { cancelled, type HopAt, type SshStep } from './ssh-failure.ts';
import { timingsOf, type SshPorts } from './ssh-ports.ts';

/** Told after each step that went well, in order, for each machine on the way. */
export type OnSshStep = (at: HopAt, step: SshStep) => void;

/**
 * One attempt to reach the manager, through its jump hosts. Rejects with an `SshFailure`, or with `manager.cancelled`
 * when the signal aborted; nothing stays open then.
 */
export async function connectSsh(
  access: SshAccess,
  ports: SshPorts,
  signal: AbortSignal,
  onStep: OnSshStep = () => {},
): Promise<OpenSshSession> {
  const way = hopsOf(access);
  const { connectMs } = timingsOf(ports);
  const reach = { clock: ports.clock, connectMs, signal };
  const opened: { readonly client: Client; readonly stream: Duplex; readonly at: HopAt }[] = [];
  try {
    for (const at of way) {
      if (signal.aborted) throw cancelled();
      const before = opened.at(-1);
      const stream: Duplex = before ? await forward(before, at, reach) : await dial(at, reach);
      onStep(at, 'reach');
      const client = await openHop({
        at,
        stream,
        ports,
        signal,
        allowsLegacy: access.allowsLegacyAlgorithms,
        onStep: (step) => onStep(at, step),
      });
      opened.push({ client, stream, at });
    }
    return new OpenSshSession({ hop: access, place: null }, opened, ports.clock);
  } catch (error) {
    for (const { stream } of opened.toReversed()) stream.destroy();
    throw error;
  }
}

/** Nearest to this workstation first; the manager last. */
export function hopsOf(access: SshAccess): readonly HopAt[] {
  return [...access.jumps.map((hop, place): HopAt => ({ hop, place })), { hop: access, place: null }];
}
