import { once } from 'node:events';
import type { ServerChannel, Session } from 'ssh2';
import type { Account } from '../machine/accounts.ts';
import type { Machine } from '../machine/machine.ts';
import type { Invocation } from '../machine/program.ts';
import { runLine } from '../machine/run-program.ts';
import type { LabDoor } from './lab-door.ts';

export interface CommandServerParts {
  readonly machine: Machine;
  readonly account: Account;
  readonly door: LabDoor;
  /** Told of each command line, for tests. */
  readonly onCommand: (line: string) => void;
}

/** Answers `exec` requests of one session from the machine's table of programs. */
export function serveCommands(session: Session, parts: CommandServerParts): void {
  const stop = new AbortController();
  let endedBy: string | null = null;
  const end = (signalName: string) => {
    endedBy ??= signalName;
    stop.abort();
  };
  session.on('signal', (accept, _reject, { name }) => {
    accept?.();
    end(name);
  });
  const serve = async (channel: ServerChannel, line: string) => {
    const code = await answer(channel, line, parts, { signal: stop.signal, end });
    if (endedBy === null) channel.exit(code);
    else channel.exit(endedBy, false, '');
    channel.end();
  };
  session.on('exec', (accept, _reject, { command }) => {
    const channel = accept();
    channel.once('close', () => stop.abort());
    channel.on('error', () => stop.abort());
    parts.onCommand(command);
    void serve(channel, command);
  });
  session.on('shell', (accept) => {
    const channel = accept();
    channel.write('The lab has no interactive shell.\r\n');
    channel.exit(1);
    channel.end();
  });
}

async function answer(
  channel: ServerChannel,
  line: string,
  { machine, account, door }: CommandServerParts,
  { signal, end }: Pick<Invocation, 'signal' | 'end'>,
): Promise<number> {
  await door.delay();
  if (!account.hasShell) {
    // What sshd says under `ForceCommand internal-sftp`.
    channel.write('This service allows sftp connections only.\n');
    return 1;
  }
  return runLine(line, {
    machine,
    account,
    signal,
    end,
    input: channel,
    write: async (bytes) => {
      if (signal.aborted || channel.write(bytes)) return;
      // `close` comes instead of `drain` when the client hangs up.
      await Promise.race([once(channel, 'drain'), once(channel, 'close')]).catch(() => undefined);
    },
    complain: (text) => {
      if (!signal.aborted) channel.stderr.write(`${text}\n`);
    },
  });
}
