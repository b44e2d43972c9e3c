import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A system account with a password and a home folder of its own, for sshd to sign in; gone after `remove`. */
export interface ThrowAwayAccount {
  readonly user: string;
  readonly password: string;
  readonly home: string;
  /** Also ends what still runs under it. */
  remove(): void;
}

/** Why no account can be made; null when one can. */
export const accountsImpossible: string | null = reasonAgainst();

function reasonAgainst(): string | null {
  if (userInfo().uid !== 0) return 'only root may make an account';
  const missing = ['/usr/sbin/useradd', '/usr/sbin/userdel', '/usr/sbin/chpasswd'].find(
    (path) => !existsSync(path),
  );
  return missing ? `${missing} is not installed` : null;
}

export function aThrowAwayAccount(): ThrowAwayAccount {
  if (accountsImpossible !== null) throw new Error(accountsImpossible);
  const user = `vdtest${randomBytes(4).toString('hex')}`;
  const password = randomBytes(9).toString('base64url');
  const home = mkdtempSync(join(tmpdir(), 'verdict-desk-home-'));
  execFileSync('/usr/sbin/useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', user]);
  execFileSync('/usr/sbin/chpasswd', { input: `${user}:${password}\n` });
  execFileSync('chown', [user, home]);
  return {
    user,
    password,
    home,
    remove: () => {
      // 12: something of the account still runs or its mail spool is absent; -f takes it away all the same.
      execFileSync('/usr/sbin/userdel', ['-f', user], { stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
