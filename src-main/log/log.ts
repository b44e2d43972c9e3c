import { join } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { systemClock } from '../app/clock.ts';
import { LogFile } from './log-file.ts';
import { type Redactor, redactor as threadRedactor, REDACTED } from './redactor.ts';

/** What happened, for whoever looks into a problem later. Never throws: a log that cannot be written is no reason to stop. */
export interface Log {
  readonly path: string;
  /** `event` names what happened, dotted: `core.started`. Errors among the fields are written with stack and causes. */
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  close(): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  readonly redactor?: Redactor;
  readonly clock?: { now(): number };
  /** A file of this size is put aside, in bytes. */
  readonly rotateAtBytes?: number;
}

const ROTATE_AT_BYTES = 5 * 1024 * 1024;
/** Redacted as a whole, then cut: half a secret at the end of a cut text would not be recognised. */
const LONGEST_INPUT = 64_000;
const LONGEST_TEXT = 8_000;
const DEEPEST = 6;
const MOST_ENTRIES = 100;

/** The log of a data folder: `logs/verdict-desk.log`, one JSON object a line, `.1` to `.3` are older. */
export function openLog(dataFolder: string, options: LogOptions = {}): Log {
  const { redactor = threadRedactor, clock = systemClock, rotateAtBytes = ROTATE_AT_BYTES } = options;
  const path = join(dataFolder, 'logs', 'verdict-desk.log');
  const file = new LogFile(path, rotateAtBytes);
  const write = (level: string, event: string, fields: LogFields = {}) => {
    try {
      const time = new Date(clock.now()).toISOString();
      const line = formatRecord({ time, level, event }, fields, redactor);
      if (line !== null) file.append(line);
    } catch {
      // A value that cannot be looked at (a getter that throws) is not worth stopping for.
    }
  };
  return {
    path,
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    close: () => file.close(),
  };
}

interface RecordHead {
  readonly time: string;
  readonly level: string;
  readonly event: string;
}

/**
 * One record as a line. Texts are cleaned one by one, so that the line stays JSON; then the line as a whole is looked at,
 * since a secret with quotes and commas in it may arise only from the joints between fields. Such a record is withheld;
 * null when a secret would even show in the notice of that.
 */
export function formatRecord(head: RecordHead, fields: LogFields, redactor: Redactor): string | null {
  const event = redactor.redact(head.event);
  const line = JSON.stringify({ ...head, event, ...cleanFields(fields, redactor) });
  if (!redactor.holdsSecret(line)) return line;
  const notice = JSON.stringify({ time: head.time, level: head.level, event: 'log.withheld' });
  return redactor.holdsSecret(notice) ? null : notice;
}

/** Fields may not pose as the head of the record. */
function cleanFields(fields: LogFields, redactor: Redactor): LogFields {
  const entries = Object.entries(fields).filter(([name]) => !['time', 'level', 'event'].includes(name));
  return Object.fromEntries(entries.map((entry) => cleanEntry(entry, redactor, 0)));
}

const SECRET_NAME = /key$|passw|passphrase|secret|token|authorization|cookie/i;

function cleanEntry([name, value]: [string, unknown], redactor: Redactor, depth: number): [string, unknown] {
  const isNamedSecret = SECRET_NAME.test(name) && typeof value === 'string' && value !== '';
  return [redactor.redact(name), isNamedSecret ? REDACTED : clean(value, redactor, depth)];
}

function clean(value: unknown, redactor: Redactor, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, redactor);
  if (typeof value === 'bigint') return redactor.redact(String(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return describeError(value, redactor, depth);
  if (typeof value !== 'object' || value === null) return cleanPlain(value, redactor);
  if (depth >= DEEPEST) return '…';
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ENTRIES).map((item: unknown) => clean(item, redactor, depth + 1));
  }
  const entries = Object.entries(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(entries.map((entry) => cleanEntry(entry, redactor, depth + 1)));
}

function cleanText(text: string, redactor: Redactor): string {
  return redactor.redact(text.slice(0, LONGEST_INPUT)).slice(0, LONGEST_TEXT);
}

/** A number may be a secret's digits; what JSON does not know is left out. */
function cleanPlain(value: unknown, redactor: Redactor): unknown {
  if (typeof value !== 'number') return typeof value === 'boolean' || value === null ? value : undefined;
  return redactor.holdsSecret(String(value)) ? REDACTED : value;
}

function describeError(error: Error, redactor: Redactor, depth: number): unknown {
  if (depth >= DEEPEST) return '…';
  return {
    name: redactor.redact(error.name),
    ...('code' in error && typeof error.code === 'string' ? { code: redactor.redact(error.code) } : {}),
    message: cleanText(error.message, redactor),
    // An expected failure is understood without its stack.
    ...(error instanceof DomainError ? {} : { stack: cleanText(error.stack ?? '', redactor) }),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, redactor, depth + 1) }),
  };
}
