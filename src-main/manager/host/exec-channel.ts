import type { ClientChannel } from 'ssh2';

export interface ProgramExit {
  readonly code: number | null;
  /** `TERM`, `KILL`, …. */
  readonly signal: string | null;
}

/** A started program's channel. Its exit may come in the same packet as its start, before anybody else can listen. */
export interface ExecChannel {
  readonly channel: ClientChannel;
  /** Stays open for a program that went with its connection. */
  readonly exited: Promise<ProgramExit>;
}

/** To be called at once, inside of ssh2's callback. */
export function listenTo(channel: ClientChannel): ExecChannel {
  // Nobody may be listening when a connection breaks while something is written.
  channel.on('error', () => undefined);
  const exited = new Promise<ProgramExit>((resolve) => {
    channel.once('exit', (code: number | null, signal?: string) =>
      resolve({ code, signal: signal?.replace(/^SIG/, '') ?? null }),
    );
  });
  return { channel, exited };
}
