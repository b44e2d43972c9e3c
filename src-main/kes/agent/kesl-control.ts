/** kesl-control on an agent, by task name and in English (kesl.md sections 6 to 8). Every answer is kept whole. */
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import {
  parseAppInfo,
  parseEvents,
  parseLicence,
  parseSettings,
  parseTasks,
  type KesInfo,
  type KesLicence,
  type KeslEvent,
  type KeslTask,
} from '../../../src-shared/formats/kesl-output.ts';
import type { ManagerHost, RunResult } from '../../manager/host/manager-host.ts';

/** What a command ended with. `code` null: a signal, or the time was over. */
export interface KeslOutcome {
  readonly code: number | null;
  readonly text: string;
  readonly timedOut: boolean;
  /** It printed more than is kept. */
  readonly isCut: boolean;
}

export interface DetectionPage {
  readonly events: readonly KeslEvent[];
  /** False for output that was cut, or that holds text and no event. */
  readonly isReadable: boolean;
  /** As many as were asked for: there may be older ones. */
  readonly isFull: boolean;
}

const PROGRAM = '/opt/kaspersky/kesl/bin/kesl-control';
const QUICK_MS = 60_000;
/** A scan of a folder may take a day; its connection is watched meanwhile. */
const SCAN_MS = 24 * 3_600_000;
const MOST_OUTPUT_BYTES = 4 * 1024 * 1024;

export interface KeslOptions {
  /** Of a KES in an unusual place. */
  readonly program?: string;
  readonly signal?: AbortSignal;
}

/** Errors of all methods: those of `ManagerHost.run`. What kesl-control itself says is a value. */
export class KeslControl {
  readonly #host: ManagerHost;
  readonly #program: string;
  readonly #signal: AbortSignal | undefined;

  constructor(host: ManagerHost, { program = PROGRAM, signal }: KeslOptions = {}) {
    this.#host = host;
    this.#program = program;
    this.#signal = signal;
  }

  async isInstalled(): Promise<boolean> {
    const facts = await this.#host.stat(this.#program);
    return facts?.isFile === true;
  }

  /** The command as it is run, for the eye and for the record. */
  argv(words: readonly string[]): readonly string[] {
    return [this.#program, ...words];
  }

  async tasks(): Promise<{ readonly tasks: readonly KeslTask[]; readonly outcome: KeslOutcome }> {
    const outcome = await this.call(['--get-task-list']);
    return { tasks: parseTasks(outcome.text), outcome };
  }

  async task(name: string): Promise<KeslTask | null> {
    const { text } = await this.call(['--get-task-state', name]);
    return parseTasks(text)[0] ?? null;
  }

  async settings(name: string): Promise<ReadonlyMap<string, string>> {
    return parseSettings((await this.call(['--get-settings', name])).text);
  }

  async info(): Promise<{ readonly info: KesInfo; readonly outcome: KeslOutcome }> {
    const outcome = await this.call(['--app-info']);
    return { info: parseAppInfo(outcome.text), outcome };
  }

  /** Null when no key is installed: the query fails then. */
  async licence(): Promise<KesLicence | null> {
    const { code, text } = await this.call(['-L', '--query']);
    return code === 0 ? parseLicence(text) : null;
  }

  /** The newest detections, oldest first; null when the event log could not be asked. */
  async detections(most = 1000): Promise<DetectionPage | null> {
    const words = ['-E', '--query', "EventType == 'ThreatDetected'", '-n', String(most)];
    const { code, text, isCut } = await this.call(words);
    if (code !== 0) return null;
    const events = parseEvents(text);
    const isReadable = !isCut && (events.length > 0 || text.trim() === '');
    return { events, isReadable, isFull: events.length >= most };
  }

  /**
   * The agent's own clock as its events carry it, and how far it is from UTC, `2026-11-21 10:00:00 +0100`; null when it
   * cannot be asked. The machine's zone, whatever the account's is; an `env` of old takes no -u.
   */
  async localTime(): Promise<string | null> {
    const date = ['date', '+%Y-%m-%d %H:%M:%S %z'];
    const first = await this.#host.run({ argv: ['env', '-u', 'TZ', ...date] });
    const { exitCode, stdout } = first.exitCode === 0 ? first : await this.#host.run({ argv: date });
    const text = new TextDecoder().decode(stdout).trim();
    return exitCode === 0 && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}$/.test(text) ? text : null;
  }

  /** Waits for the end of the scan. */
  scanPath(path: string, looksOnly: boolean, signal?: AbortSignal): Promise<KeslOutcome> {
    const words = ['--scan-file', path, ...(looksOnly ? ['--action', 'Skip'] : [])];
    return this.call(words, { timeoutMs: SCAN_MS, ...(signal ? { signal } : {}) });
  }

  async call(
    words: readonly string[],
    { timeoutMs = QUICK_MS, signal = this.#signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<KeslOutcome> {
    const result = await this.#host.run({
      // The channel forces the C locale on everything it starts: English.
      argv: this.argv(words),
      asRoot: true,
      timeoutMs,
      maxOutputBytes: MOST_OUTPUT_BYTES,
      ...(signal ? { signal } : {}),
    });
    return outcomeOf(result);
  }
}

function outcomeOf({ exitCode, stdout, stderr, timedOut, isCut }: RunResult): KeslOutcome {
  const decoder = new TextDecoder();
  const printed = decoder.decode(stdout);
  return { code: exitCode, text: printed === '' ? decoder.decode(stderr) : printed, timedOut, isCut };
}

/** The first line of what was printed, for people: it comes from the agent. */
export function firstLine({ text }: KeslOutcome): string {
  const line = text.split('\n', 50).find((candidate) => candidate.trim() !== '') ?? '';
  return visibleText(line.trim().slice(0, 300));
}
