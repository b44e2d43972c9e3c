import {
  QUEUE_WRITERS,
  queueWriterCommand,
  type QueueWriter,
} from '../../../src-shared/formats/queue-writers.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ManagerHost, RunResult } from '../host/manager-host.ts';
import { textOf } from '../host/program.ts';
import { noWriter, queueAway, queueFull, queueNotAllowed, unsure, writerFailed } from './publish-errors.ts';

/** Where a message goes, and whose it is. */
export interface Queue {
  /** Absolute path of the socket. */
  readonly socket: string;
  /** Of the Python that comes with the manager; null without one. */
  readonly python: string | null;
  /** Who may write to it. */
  readonly group: string;
  /** Root may be asked for what the account itself may not. */
  readonly mayBeRoot: boolean;
}

/** How one machine was written to the last time: found once, found again when it does not work any more. */
interface Found {
  readonly writer: QueueWriter;
  readonly asRoot: boolean;
}

/** Longer than the ten seconds that the writers themselves wait for room in the queue. */
const WRITE_TIMEOUT_MS = 20_000;
/** What a shell exits with for a program that is not there, or may not be started. */
const NOT_STARTED = new Set([126, 127]);

/** As sudo passes a signal on. */
const ENDED_BY_ALARM = 128 + 14;

type Attempt = 'written' | 'no-writer' | 'denied';

/**
 * Writes datagrams to the queues of managers by whatever program is there. The message is the program's input: it holds
 * paths and names, which are nobody's business in a list of processes.
 */
export class QueueWriting {
  readonly #found = new WeakMap<ManagerHost, Found>();

  /**
   * Resolves once the manager's kernel took the message. Errors: `publishing.no-writer`, `publishing.not-allowed`,
   * `publishing.queue-away`, `publishing.queue-full`, `publishing.not-written`, `publishing.unsure`, those of `run`.
   */
  async write(host: ManagerHost, queue: Queue, message: Uint8Array, signal: AbortSignal): Promise<void> {
    // A machine that is not reached says so here, before anything could have left.
    await host.hasShell();
    const known = this.#found.get(host);
    if (known && (await this.#attempt(host, queue, message, { ...known, signal })) === 'written') return;
    this.#found.delete(host);
    for (const asRoot of queue.mayBeRoot ? [false, true] : [false]) {
      const outcome = await this.#tryAll(host, queue, message, { asRoot, signal });
      if (outcome === 'written') return;
      if (outcome === 'no-writer') throw noWriter(host.name);
    }
    throw queueNotAllowed(host.name, queue.socket, queue.group);
  }

  async #tryAll(
    host: ManagerHost,
    queue: Queue,
    message: Uint8Array,
    how: { readonly asRoot: boolean; readonly signal: AbortSignal },
  ): Promise<Attempt> {
    for (const writer of QUEUE_WRITERS) {
      const outcome = await this.#attempt(host, queue, message, { ...how, writer });
      if (outcome === 'written') this.#found.set(host, { writer, asRoot: how.asRoot });
      if (outcome !== 'no-writer') return outcome;
    }
    return 'no-writer';
  }

  async #attempt(
    host: ManagerHost,
    queue: Queue,
    message: Uint8Array,
    { writer, asRoot, signal }: Found & { readonly signal: AbortSignal },
  ): Promise<Attempt> {
    const program = writer === 'wazuh-python' ? queue.python : writer;
    if (program === null) return 'no-writer';
    const result = await run(host, {
      argv: queueWriterCommand(writer, program, queue.socket),
      input: message,
      timeoutMs: WRITE_TIMEOUT_MS,
      maxOutputBytes: 4_096,
      signal,
      asRoot,
    });
    return readResult(result, host.name, queue.socket);
  }
}

/** From here on a loss of the connection leaves open whether the message arrived. */
async function run(host: ManagerHost, request: Parameters<ManagerHost['run']>[0]): Promise<RunResult> {
  try {
    return await host.run(request);
  } catch (error) {
    const isCut = error instanceof DomainError && LOST.has(error.code);
    throw isCut ? unsure(host.name, error) : error;
  }
}
const LOST = new Set(['manager.offline', 'manager.cancelled']);

function readResult(result: RunResult, host: string, socket: string): Attempt {
  const { exitCode, signal, timedOut } = result;
  if (timedOut) throw unsure(host, new Error('The program that writes to the queue did not end in time.'));
  if (exitCode === 0) return 'written';
  if (exitCode !== null && NOT_STARTED.has(exitCode)) return 'no-writer';
  if (signal === 'ALRM' || exitCode === ENDED_BY_ALARM) throw queueFull(host);
  const said = textOf(result.stderr);
  if (/sudo: \S+: command not found/.test(said)) return 'no-writer';
  if (/Permission denied|Operation not permitted/i.test(said)) return 'denied';
  if (/No such file or directory|Connection refused|Not a directory/i.test(said))
    throw queueAway(host, socket);
  if (/timed? ?out|temporarily unavailable|No buffer space/i.test(said)) throw queueFull(host);
  throw writerFailed(host, lastLine(said));
}

/** A Python that fails says what happened last. */
function lastLine(said: string): string {
  return said.trim().split('\n').at(-1) ?? '';
}
