import type { ExecChannel } from './exec-channel.ts';
import { followProgram, type StartedProgram } from './follow-program.ts';
import type { RunResult } from './manager-host.ts';
import type { EndProgram, EndSignal, ProgramSpec } from './program.ts';
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
  { channel, exited }: ExecChannel,
  calls: SessionCalls,
  spec: ProgramSpec,
  end: EndProgram,
): Promise<ChannelResult> {
  const startOfOutput = new StartMark();
  const startOfErrors = new StartMark();
  // Its login shell has not started it yet. (ssh2 sends no signal over a channel whose input has ended.)
  let early: EndSignal | null = null;
  const send = (signal: EndSignal): void => {
    const { processId } = startOfOutput;
    if (processId) end(signal, processId);
    else early = signal;
  };
  const program: StartedProgram = {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    takeOutput: (piece) => {
      const output = startOfOutput.take(piece);
      if (early && startOfOutput.hasStarted) send(early);
      early = startOfOutput.hasStarted ? null : early;
      return output;
    },
    takeErrors: (piece) => startOfErrors.take(piece),
    onExit: (listener) => void exited.then(({ code, signal }) => listener(code, signal)),
    onClose: (listener) => channel.once('close', listener),
    send,
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
