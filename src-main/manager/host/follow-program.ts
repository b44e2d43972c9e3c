import type { Readable, Writable } from 'node:stream';
import { BoundedOutput } from './bounded-output.ts';
import { cancelled } from './host-errors.ts';
import type { RunResult } from './manager-host.ts';
import { GRACE_MS, type EndSignal, type ProgramSpec } from './program.ts';

/** A program that was started somewhere. */
export interface StartedProgram {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The program's own part of what came. */
  takeOutput(piece: Uint8Array): Uint8Array;
  takeErrors(piece: Uint8Array): Uint8Array;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  /** It has exited and both outputs have ended. */
  onClose(listener: () => void): void;
  /** To it and all that it started. */
  send(signal: EndSignal): void;
  /** No more of it is of interest. */
  letGo(): void;
}

/** A program that ended may have left others behind that hold its output open. */
const QUIET_AFTER_EXIT_MS = 1_000;

/** Follows one program from its start to its end. Errors: `manager.cancelled`, those of `onOutput`. */
export function followProgram(program: StartedProgram, spec: ProgramSpec): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    new ProgramFollower(program, spec, resolve, reject).follow();
  });
}

class ProgramFollower {
  readonly #program: StartedProgram;
  readonly #spec: ProgramSpec;
  readonly #resolve: (result: RunResult) => void;
  readonly #reject: (error: Error) => void;
  readonly #stdout: BoundedOutput;
  readonly #stderr: BoundedOutput;
  readonly #timers = new Set<NodeJS.Timeout>();
  #exit: { readonly code: number | null; readonly signal: string | null } | null = null;
  #readBytes = 0;
  #timedOut = false;
  /** Why it is being ended before its time; told when it is over. */
  #failure: Error | null = null;
  #delivery: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(
    program: StartedProgram,
    spec: ProgramSpec,
    resolve: (result: RunResult) => void,
    reject: (error: Error) => void,
  ) {
    this.#program = program;
    this.#spec = spec;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#stdout = new BoundedOutput(spec.maxOutputBytes);
    this.#stderr = new BoundedOutput(spec.maxOutputBytes);
  }

  follow(): void {
    const { stdin, stdout, stderr } = this.#program;
    stdout.on('data', (piece: Buffer) => this.#onOutput(piece));
    stderr.on('data', (piece: Buffer) => this.#stderr.add(this.#program.takeErrors(piece)));
    this.#program.onExit((code, signal) => {
      this.#exit = { code, signal };
      this.#letGoWhenQuiet();
    });
    this.#program.onClose(() => void this.#delivery.then(() => this.#finish()));
    this.#later(this.#spec.timeoutMs, () => {
      this.#timedOut = true;
      this.#stop();
    });
    if (this.#spec.signal?.aborted) this.#cancel();
    else this.#spec.signal?.addEventListener('abort', this.#cancel, { once: true });
    // A program may end without having read all of its input.
    stdin.on('error', () => undefined);
    stdin.end(this.#spec.input);
  }

  readonly #cancel = (): void => {
    this.#failure ??= cancelled();
    this.#stop();
  };

  #onOutput(piece: Buffer): void {
    this.#readBytes += piece.length;
    const output = this.#program.takeOutput(piece);
    const { onOutput } = this.#spec;
    if (!onOutput) return this.#stdout.add(output);
    if (output.length === 0 || this.#failure || this.#isOver) return;
    const delivered = this.#deliver(onOutput, output);
    if (!delivered) return;
    this.#program.stdout.pause();
    this.#delivery = delivered
      .catch((error: unknown) => this.#failOn(error))
      .then(() => void this.#program.stdout.resume());
  }

  #deliver(onOutput: NonNullable<ProgramSpec['onOutput']>, output: Uint8Array): Promise<void> | null {
    try {
      return onOutput(output) ?? null;
    } catch (error) {
      this.#failOn(error);
      return null;
    }
  }

  #failOn(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#stop();
  }

  /** What is still on its way is waited for; a daemon that keeps the output open is not. */
  #letGoWhenQuiet(): void {
    const read = this.#readBytes;
    const { stdout } = this.#program;
    this.#later(QUIET_AFTER_EXIT_MS, () => {
      const isBusy = this.#readBytes > read || stdout.isPaused() || stdout.readableLength > 0;
      if (isBusy) return this.#letGoWhenQuiet();
      void this.#delivery.then(() => this.#finish());
    });
  }

  /** TERM, then KILL, then no more waiting: a program that nobody may end is left to its closed input and output. */
  #stop(): void {
    if (this.#exit || this.#isOver) return;
    this.#program.stdout.resume();
    this.#program.send('TERM');
    this.#later(GRACE_MS, () => this.#exit ?? this.#program.send('KILL'));
    this.#later(2 * GRACE_MS, () => this.#finish());
  }

  #later(delayMs: number, act: () => void): void {
    if (this.#isOver) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#spec.signal?.removeEventListener('abort', this.#cancel);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#program.letGo();
    if (this.#failure) return this.#reject(this.#failure);
    this.#resolve({
      exitCode: this.#exit?.code ?? null,
      signal: this.#exit?.signal ?? null,
      stdout: this.#stdout.bytes(),
      stderr: this.#stderr.bytes(),
      isCut: this.#stdout.isCut || this.#stderr.isCut,
      timedOut: this.#timedOut,
    });
  }
}
