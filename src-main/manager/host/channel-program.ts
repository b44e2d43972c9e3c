import type { ClientChannel } from 'ssh2';
import { followProgram, type StartedProgram } from './follow-program.ts';
import type { RunResult } from './manager-host.ts';
import type { EndProgram, ProgramSpec } from './program.ts';
import type { SessionCalls } from './session-calls.ts';
import { StartMark } from './start-mark.ts';

/** A result, and whether the account's shell started the program at all. */
export interface ChannelResult extends RunResult {
  readonly hasStarted: boolean;
  /** What the shell said instead. */
  readonly greeting: string;
}

/** Runs what was started over a channel to its end. Errors: `manager.cancelled`, `manager.offline`, those of `onOutput`. */
export async function runOnChannel(
  channel: ClientChannel,
  calls: SessionCalls,
  spec: ProgramSpec,
  end: EndProgram,
): Promise<ChannelResult> {
  const startOfOutput = new StartMark();
  const startOfErrors = new StartMark();
  const program: StartedProgram = {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    takeOutput: (piece) => startOfOutput.take(piece),
    takeErrors: (piece) => startOfErrors.take(piece),
    onExit: (listener) =>
      channel.once('exit', (code: number | null, signal?: string) =>
        listener(code, signal?.replace(/^SIG/, '') ?? null),
      ),
    onClose: (listener) => channel.once('close', listener),
    send: (signal) => {
      const { processId } = startOfOutput;
      if (!processId) return channel.signal(signal);
      // No room for one more program, perhaps: servers since 2018 take it over the channel as well.
      end(signal, processId).catch(() => channel.signal(signal));
    },
    letGo: () => {
      channel.removeAllListeners('data');
      channel.resume();
      channel.close();
    },
  };
  const result = await calls.wait(followProgram(program, spec));
  const greeting = startOfOutput.greeting || startOfErrors.greeting;
  return { ...result, hasStarted: startOfOutput.hasStarted, greeting };
}
