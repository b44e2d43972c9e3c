import { START_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import { quoteCommand } from '../../../src-shared/formats/shell-quote.ts';
import { badArgument } from './host-errors.ts';
import type { RunRequest, RunResult } from './manager-host.ts';

export const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_OUTPUT_BYTES = 1_048_576;
/** Between TERM and KILL, and between KILL and giving it up. */
export const GRACE_MS = 2_000;

export type OnOutput = (piece: Uint8Array) => void | Promise<void>;
export type EndSignal = 'TERM' | 'KILL';
export type EndProgram = (signal: EndSignal, processId: number) => void;

/** One program as a machine starts it: no question of rights left. */
export interface ProgramSpec {
  readonly argv: readonly string[];
  readonly input: Uint8Array;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Takes standard output instead of the result. */
  readonly onOutput: OnOutput | undefined;
  /** Sends a signal to the program's process group in another way than the machine's usual one. */
  readonly end?: EndProgram;
}

/** The machine under a host: starts programs with the account's own rights. */
export interface Machine {
  readonly name: string;
  isRoot(): Promise<boolean>;
  execute(spec: ProgramSpec): Promise<RunResult>;
}

export function specOf(request: RunRequest, onOutput?: OnOutput): ProgramSpec {
  const program = request.argv[0] ?? '';
  if (program === '' || program.startsWith('-')) throw badArgument(`“${program}” is no program.`);
  if (request.argv.some((word) => word.includes('\0'))) {
    throw badArgument('A text with a NUL character cannot be handed to a program.');
  }
  const input = request.input ?? '';
  return {
    argv: request.argv,
    input: typeof input === 'string' ? Buffer.from(input) : input,
    timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxOutputBytes: request.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES,
    signal: request.signal,
    onOutput,
  };
}

/** The line for a login shell, whichever it is: the program takes the shell's place. */
export function commandLine(argv: readonly string[]): string {
  return quoteCommand(['exec', '/bin/sh', '-c', START_SCRIPT, 'sh', ...argv]);
}

export function scriptArgv(script: string, ...words: readonly string[]): readonly string[] {
  return ['sh', '-c', script, 'sh', ...words];
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
