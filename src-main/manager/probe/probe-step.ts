import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ManagerHost, RunResult } from '../host/manager-host.ts';

/** One question of the probe: an answer, or in words why there is none. */
export type Answer<T> =
  | { readonly value: T; readonly trouble: null }
  | { readonly value: null; readonly trouble: Trouble };

export interface Trouble {
  /** A `DomainError`'s code, Node's (`EACCES`), or `unknown`. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Whoever does not answer in this time is not waited for. */
const STEP_MS = 6_000;

/** Asks with a limit of its own; never rejects, so that one dead question does not spoil the others. */
export async function ask<T>(
  signal: AbortSignal | undefined,
  question: (signal: AbortSignal) => Promise<T>,
): Promise<Answer<T>> {
  const limit = AbortSignal.timeout(STEP_MS);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const value = await Promise.race([question(both), whenAborted(both)]);
    return { value, trouble: null };
  } catch (error) {
    return { value: null, trouble: limit.aborted ? TOO_SLOW : troubleOf(error) };
  }
}

export function found<T>(value: T): Answer<T> {
  return { value, trouble: null };
}

export function notAsked<T>(message: string): Answer<T> {
  return { value: null, trouble: { code: 'not-asked', message, remedy: '' } };
}

const TOO_SLOW: Trouble = {
  code: 'too-slow',
  message: `No answer came within ${STEP_MS / 1000} seconds.`,
  remedy: 'Check again when the manager is less busy.',
};

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () =>
      reject(new DomainError('manager.cancelled', 'The check was ended.', 'Start it again.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof DomainError) return { code: error.code, message: error.message, remedy: error.remedy };
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  return { code, message: FILE_WORDS[code] ?? 'The check met something unexpected.', remedy: '' };
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there.',
  EACCES: 'This account may not read it.',
  ENOTDIR: 'It is not there.',
};

/** A program's output as text; throws what it complained of when it failed. */
export async function outputOf(
  host: ManagerHost,
  argv: readonly string[],
  options: {
    readonly signal: AbortSignal;
    readonly asRoot?: boolean;
    readonly input?: string;
    readonly exits?: readonly number[];
  },
): Promise<string> {
  const { exits = [0], ...rest } = options;
  const result: RunResult = await host.run({ argv, timeoutMs: STEP_MS, maxOutputBytes: 262_144, ...rest });
  const text = new TextDecoder().decode(result.stdout);
  if (result.exitCode !== null && exits.includes(result.exitCode)) return text;
  throw Object.assign(new Error(`${argv[0] ?? ''} exited with ${result.exitCode}`), {
    code: result.exitCode === 127 ? 'ENOENT' : 'EFAILED',
  });
}
