import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { AlertFileHost } from './alert-file-host.ts';
import { Interrupted } from './interruptible-files.ts';

const THIS_MACHINE = { kind: 'local', name: 'this machine' } as const;

const REMOTE_PERMISSION_REMEDY =
  'Alert files are open to the manager’s group: wazuh, before 4.3 ossec. On the manager, add the account to it ' +
  '(sudo usermod -aG wazuh ACCOUNT) and connect again. Reading starts by itself once it is allowed.';

/** Why an alert file cannot be read at the moment, for the administrator. All of these end by themselves once cured. */

export function notARegularFile(path: string, isFolder: boolean): DomainError {
  return isFolder
    ? new DomainError(
        'alerts.is-a-folder',
        `${path} is a folder, not an alert file.`,
        'Choose the file itself: alerts.json in the folder logs/alerts of the Wazuh manager.',
      )
    : new DomainError(
        'alerts.not-a-file',
        `${path} is not a regular file.`,
        'Choose alerts.json or alerts.log in the folder logs/alerts of the Wazuh manager.',
      );
}

export function fileMissing(path: string): DomainError {
  return new DomainError(
    'alerts.missing',
    `${path} is not there.`,
    'Check the path and that the Wazuh manager is running. For alerts.json, jsonout_output must be on in ossec.conf. ' +
      'Reading starts by itself when the file appears.',
  );
}

/** What is wrong with a live name that has no readable file behind it. `host`: the machine that holds it, unless this one. */
export function explainUnreadable(
  path: string,
  error: unknown,
  host: Pick<AlertFileHost, 'kind' | 'name'> = THIS_MACHINE,
): DomainError {
  if (error instanceof DomainError) return error;
  switch (errorCode(error) ?? '') {
    case 'ENOENT':
    case 'ENOTDIR':
      return fileMissing(path);
    case 'EACCES':
    case 'EPERM':
      return new DomainError(
        'alerts.not-allowed',
        host.kind === 'ssh'
          ? `${path} on ${host.name} may not be read by the account of this connection.`
          : `${path} may not be read by ${accountName()}.`,
        host.kind === 'ssh' ? REMOTE_PERMISSION_REMEDY : permissionRemedy(path),
        error,
      );
    case 'EISDIR':
      return notARegularFile(path, true);
    default:
      return new DomainError(
        'alerts.not-readable',
        `${path}${host.kind === 'ssh' ? ` on ${host.name}` : ''} cannot be read (${errorCode(error) ?? 'unknown error'}).`,
        'Check the disk or the network share it is on. Reading goes on by itself where it stopped.',
        error,
      );
  }
}

/** The same for a file that is read once: nothing goes on by itself. */
export function explainImportFailure(path: string, error: unknown): DomainError {
  const { code, message, remedy } = explainUnreadable(path, error);
  if (code === 'alerts.missing') {
    return new DomainError(
      code,
      message,
      'Check the path; relative paths start at the current folder.',
      error,
    );
  }
  const again = 'Then import it again: what is stored already is not counted twice.';
  return new DomainError(
    code,
    message,
    remedy.replace(/ Reading (?:starts|goes on) by itself.*$/, ` ${again}`),
    error,
  );
}

/** The journal refused a part of a file that is read once. */
export function notImported(path: string, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return new DomainError(
    'alerts.not-stored',
    `Alerts read from ${path} could not be stored.`,
    'Check that the disk of the data folder has free space, then import it again: what is stored already is not counted twice.',
    error,
  );
}

export function notStored(path: string, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return new DomainError(
    'alerts.not-stored',
    `Alerts read from ${path} could not be stored.`,
    'Check that the disk of the data folder has free space. Nothing is lost: reading goes on by itself where it stopped.',
    error,
  );
}

/** Errors that pass by themselves: they say nothing about the file. */
const PASSING = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ETIMEDOUT']);

/** For errors of a file itself (not there, not for this account): nothing. Others are thrown on. */
export function nothingIfRefused(error: unknown): null {
  const code = errorCode(error) ?? '';
  if (/^E[A-Z]+$/.test(code) && !PASSING.has(code)) return null;
  throw error;
}

/**
 * A machine that is not reached or hands out no files, or an end from outside, tells nothing about the files: such an
 * error is thrown on.
 */
export function throwIfUnreached(error: unknown): void {
  if (error instanceof Interrupted || errorCode(error)?.startsWith('manager.')) throw error;
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Alert files belong to the manager's group (`wazuh`, before 4.3 `ossec`; mode 0640 in folders of mode 0750), so the
 * cure is membership. The group is read from the nearest folder that can be looked at.
 */
function permissionRemedy(path: string): string {
  const group = managerGroup(path);
  return (
    `Alert files are open to the group ${group}. Add the account: sudo usermod -aG ${group} ${accountName()} ` +
    '(then log out and in again). Reading starts by itself once it is allowed.'
  );
}

function managerGroup(path: string): string {
  const names = groupNames();
  for (let at = path; ; at = dirname(at)) {
    const name = names.get(groupIdOf(at) ?? 0);
    if (name) return name;
    if (at === dirname(at)) break;
  }
  const known = [...names.values()];
  return known.includes('ossec') && !known.includes('wazuh') ? 'ossec' : 'wazuh';
}

function groupIdOf(path: string): number | null {
  try {
    return statSync(path).gid;
  } catch {
    return null;
  }
}

/** Names by id from /etc/group, root's group left out: it owns the folders above the manager's. */
function groupNames(): Map<number, string> {
  const names = new Map<number, string>();
  try {
    for (const line of readFileSync('/etc/group', 'utf8').split('\n')) {
      const [name, , id] = line.split(':');
      if (name && id && id !== '0') names.set(Number(id), name);
    }
  } catch {
    // No such file on this platform: the usual name is told.
  }
  return names;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'this account';
  }
}
