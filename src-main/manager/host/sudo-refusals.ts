import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { RunResult } from './manager-host.ts';
import { textOf } from './program.ts';

export type SudoRefusal =
  | 'password-needed'
  | 'password-not-kept'
  | 'wrong-password'
  | 'not-allowed'
  | 'tty-needed'
  | 'account'
  | 'not-installed'
  | 'unknown';

/** What sudo 1.8, 1.9 and sudo-rs print in the C locale. */
const WORDS: readonly (readonly [RegExp, SudoRefusal])[] = [
  [/^sudo: .*(must have a tty|no tty present and no askpass)/m, 'tty-needed'],
  [
    /^sudo: (\d+ incorrect password attempt|no password was provided|Maximum \d+ incorrect|.*[Aa]uthentication fail)|^Sorry, try again|^sudo: Incorrect password/m,
    'wrong-password',
  ],
  [/^sudo: (a password is required|interactive authentication is required)/m, 'password-needed'],
  [
    /is not in the sudoers file|^Sorry, user .* (is not allowed to execute|may not run sudo)|^sudo: I'm sorry .*I'm afraid I can't do that/m,
    'not-allowed',
  ],
  [/^sudo: (account validation failure|.*[Aa]ccount .*expired|PAM account management error)/m, 'account'],
  [/: sudo: (not found|command not found|No such file)/, 'not-installed'],
];

/** Why sudo did not start the program; null when it did, as far as can be told. */
export function refusalIn(result: RunResult): SudoRefusal | null {
  const isSudosOwn = result.exitCode === 1 || result.exitCode === 127;
  if (!isSudosOwn || result.stdout.length > 0) return null;
  const said = textOf(result.stderr);
  return WORDS.find(([words]) => words.test(said))?.[1] ?? null;
}

const MESSAGES: Readonly<Record<SudoRefusal, readonly [message: string, remedy: string]>> = {
  'password-needed': [
    'asks for a password',
    'Edit the connection and choose sudo with a password, or allow these programs with NOPASSWD in /etc/sudoers.d.',
  ],
  'password-not-kept': ['needs a password that is not kept', 'Enter the sudo password of this connection.'],
  'wrong-password': [
    'does not accept the password',
    'Enter the sudo password of this connection again. It was tried once; connect anew to have it tried once more.',
  ],
  'not-allowed': [
    'does not allow this account to run the program',
    'Add the line that the check of this connection shows to /etc/sudoers.d, then check again.',
  ],
  'tty-needed': [
    'insists on a terminal (requiretty)',
    'Add “Defaults:ACCOUNT !requiretty” with the name of the account to a file in /etc/sudoers.d.',
  ],
  account: ['says that the account is locked or has expired', 'Have the account renewed on the manager.'],
  'not-installed': ['is not installed', 'Install sudo on the manager, or sign in as root.'],
  unknown: ['did not start the program', 'The log holds what it said.'],
};

export function sudoRefused(host: string, refusal: SudoRefusal, result: RunResult | null): DomainError {
  const [message, remedy] = MESSAGES[refusal];
  const said = result ? visibleText(textOf(result.stderr).trim().slice(0, 1_000)) : '';
  return new DomainError(
    'manager.sudo-refused',
    `sudo on ${visibleText(host)} ${message}.`,
    remedy,
    said === '' ? undefined : new Error(said),
  );
}
