import type { Readable } from 'node:stream';
import type { Account } from './accounts.ts';
import type { Machine } from './machine.ts';

/** One call of a program on a simulated machine. */
export interface Invocation {
  /** Program and arguments. */
  readonly argv: readonly string[];
  readonly machine: Machine;
  /** Under whose rights; root's under `sudo`. */
  readonly account: Account;
  readonly input: Readable;
  /** Aborts when the client hangs up or the program is ended by a signal. */
  readonly signal: AbortSignal;
  /** Ends it as `kill` does; `TERM`, `KILL`. */
  readonly end: (signalName: string) => void;
  /** Standard output; resolves when more may be written. */
  readonly write: (bytes: Uint8Array | string) => Promise<void>;
  /** Standard error, its newline added. */
  readonly complain: (line: string) => void;
}

/** Returns the exit code. What it throws with a `code` becomes a complaint and exit code 1. */
export type Program = (invocation: Invocation) => number | Promise<number>;

/** All of standard input. Errors: `RangeError` beyond `most` bytes. */
export async function readAll(input: Readable, most = 16 * 1024 * 1024): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of input) {
    const bytes = asBytes(piece);
    size += bytes.length;
    if (size > most) throw new RangeError(`More than ${most} bytes came in.`);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/** A piece of a stream of bytes; anything else is a mistake of this program. */
export function asBytes(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece;
  throw new TypeError('The stream did not yield bytes.');
}
