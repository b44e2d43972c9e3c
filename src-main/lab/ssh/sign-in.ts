import { timingSafeEqual } from 'node:crypto';
import ssh2 from 'ssh2';
import type {
  AuthContext,
  AuthenticationType,
  Connection,
  KeyboardAuthContext,
  PublicKeyAuthContext,
} from 'ssh2';
import type { Account } from '../machine/accounts.ts';
import type { LabCredentials } from './lab-credentials.ts';

/** An account with the ways it may sign in. */
export interface LabUser {
  readonly account: Account;
  readonly ways: readonly ('publickey' | 'password' | 'second-factor')[];
}

/** As sshd's MaxAuthTries. */
const MOST_TRIES = 6;

/** Lets the lab's users in; `onSignedIn` is told who it was. Unknown names are asked like known ones. */
export function watchOverSignIn(
  connection: Connection,
  users: readonly LabUser[],
  credentials: () => LabCredentials,
  onSignedIn: (account: Account) => void,
): void {
  let failures = 0;
  let account: Account | null = null;
  // A key is accepted twice: when the client asks about it, and when it has signed.
  connection.once('ready', () => {
    if (account) onSignedIn(account);
  });
  connection.on('authentication', (context) => {
    const user = users.find(({ account }) => account.name === context.username) ?? null;
    const accept = () => {
      account = user?.account ?? null;
      context.accept();
    };
    const refuse = () => {
      if (context.method !== 'none') failures += 1;
      context.reject(methodsOf(user));
      if (failures >= MOST_TRIES) connection.end();
    };
    judge(context, user, credentials(), { accept, refuse });
  });
}

interface Judgement {
  readonly accept: () => void;
  readonly refuse: () => void;
}

function judge(
  context: AuthContext,
  user: LabUser | null,
  credentials: LabCredentials,
  { accept, refuse }: Judgement,
): void {
  if (context.method === 'password' && user?.ways.includes('password')) {
    if (isSame(context.password, credentials.password)) accept();
    else refuse();
  } else if (context.method === 'publickey' && user?.ways.includes('publickey')) {
    if (isOurKey(context, credentials)) accept();
    else refuse();
  } else if (context.method === 'keyboard-interactive' && user?.ways.includes('second-factor')) {
    askBoth(context, credentials, { accept, refuse });
  } else refuse();
}

/** Without a signature the client asks whether it is worth signing. */
function isOurKey(context: PublicKeyAuthContext, { clientKey }: LabCredentials): boolean {
  const ours = ssh2.utils.parseKey(clientKey.privateKey);
  if (ours instanceof Error || context.key.algo !== ours.type) return false;
  if (!context.key.data.equals(ours.getPublicSSH())) return false;
  if (!context.signature || !context.blob) return true;
  // It returns an error for a damaged signature, whatever its type says.
  const verified: unknown = ours.verify(context.blob, context.signature, context.hashAlgo);
  return verified === true;
}

function askBoth(
  context: KeyboardAuthContext,
  { password, code }: LabCredentials,
  { accept, refuse }: Judgement,
): void {
  const prompts = [
    { prompt: 'Password: ', echo: false },
    { prompt: 'Verification code: ', echo: true },
  ];
  context.prompt(prompts, 'Two-factor sign-in', 'The code is shown by the lab.', (answers) => {
    const [first = '', second = ''] = answers ?? [];
    if (isSame(first, password) && isSame(second.trim(), code)) accept();
    else refuse();
  });
}

function methodsOf(user: LabUser | null): AuthenticationType[] {
  const ways = user?.ways ?? ['publickey', 'password'];
  return ways.map((way) => (way === 'second-factor' ? 'keyboard-interactive' : way));
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
