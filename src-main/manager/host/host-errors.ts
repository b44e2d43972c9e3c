import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';

/** What a machine says about a file, with Node's code whatever the channel: `ENOENT`, `EACCES`, `ENOTDIR`, …. */
export class HostFileError extends Error {
  readonly code: string;
  readonly path: string;

  constructor(code: string, path: string, cause?: unknown) {
    super(`${code}: ${visibleText(path)}`, cause === undefined ? undefined : { cause });
    this.name = 'HostFileError';
    this.code = code;
    this.path = path;
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

export function connectionLost(host: string, cause?: unknown): DomainError {
  return new DomainError(
    'manager.offline',
    `The connection to ${visibleText(host)} broke.`,
    'It is made again by itself. Repeat what was under way when it is back.',
    cause,
  );
}

export function cancelled(): DomainError {
  return new DomainError(
    'manager.cancelled',
    'This was given up before it ended.',
    'Start it again when you want to.',
  );
}

export function shellTooSlow(host: string, seconds: number): DomainError {
  return new DomainError(
    'manager.no-shell',
    `The account’s login shell on ${visibleText(host)} started no program within ${seconds} seconds.`,
    'See what its start-up files (.bashrc, .profile) wait for, then connect again.',
  );
}

/** `words`: what the account's shell said instead of doing its work; empty when it said nothing. */
export function noShell(host: string, words: string): DomainError {
  const heard = words === '' ? '' : ` It answered “${visibleText(words)}”.`;
  return new DomainError(
    'manager.no-shell',
    `The account may not run programs on ${visibleText(host)}.${heard}`,
    'Give the account a login shell such as /bin/sh and lift a ForceCommand in sshd_config, or use an account that has one.',
  );
}

export function tooFewSessions(host: string): DomainError {
  return new DomainError(
    'manager.too-few-sessions',
    `${visibleText(host)} allows no program beside the others on one connection.`,
    'Raise MaxSessions in sshd_config there; its default of 10 is enough.',
  );
}

export function noElevation(host: string, program: string): DomainError {
  return new DomainError(
    'manager.no-elevation',
    `${visibleText(program)} on ${visibleText(host)} needs root, and this connection does not use sudo.`,
    'Edit the connection and choose sudo, with or without a password, or sign in as root.',
  );
}

export function badArgument(message: string): DomainError {
  return new DomainError(
    'manager.bad-argument',
    message,
    'Correct the value that was entered and try again.',
  );
}

export function fileTooLarge(path: string, maxBytes: number): DomainError {
  return new DomainError(
    'manager.file-too-large',
    `${visibleText(path)} holds more than ${maxBytes.toLocaleString('en')} bytes.`,
    'Look at the file on the manager: it should not be that large.',
  );
}

export function fileChanged(path: string, how: string): DomainError {
  return new DomainError(
    'manager.file-changed',
    `${visibleText(path)} ${how}. Nothing was written.`,
    'Read the file again, look at what is different, and repeat your change.',
  );
}

export function ownerNotKept(path: string, owner: string): DomainError {
  return new DomainError(
    'manager.owner-not-kept',
    `${visibleText(path)} belongs to ${owner}, and this account cannot give a new file to that owner. Nothing was written.`,
    'Edit the connection and choose sudo, or sign in as root.',
  );
}

export function cannotReplace(path: string, why: string, cause?: unknown): DomainError {
  return new DomainError(
    'manager.cannot-replace',
    `${visibleText(path)} cannot be replaced: ${why}. Nothing was written.`,
    'Edit the file on the manager itself, or use an account with a login shell.',
    cause,
  );
}

export function transferBroke(path: string): DomainError {
  return new DomainError(
    'manager.offline',
    `The new content of ${visibleText(path)} did not arrive whole. Nothing was written.`,
    'Repeat the change when the connection is back.',
  );
}

/** Paths are the manager's own and absolute: a relative one would depend on a home folder. */
export function checkPath(path: string): string {
  if (!path.startsWith('/') || path.includes('\0')) {
    throw badArgument(`“${visibleText(path)}” is no absolute path on the manager.`);
  }
  return path;
}
