import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';

/** What a person enters; secrets go one way only. */
export interface AccessDraft {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly methods: AgentAccess['methods'];
  readonly keyPath: string;
  readonly throughManager: boolean;
  readonly elevation: AgentAccess['elevation'];
  readonly password: string;
  readonly passphrase: string;
  readonly sudoPassword: string;
}

export interface AccessProblems {
  readonly host: string | null;
  readonly port: string | null;
  readonly user: string | null;
  readonly methods: string | null;
  readonly keyPath: string | null;
}

const NEW: AccessDraft = {
  host: '{ip}',
  port: '22',
  user: '',
  methods: ['agent', 'key'],
  keyPath: '~/.ssh/id_ed25519',
  throughManager: true,
  elevation: 'sudo',
  password: '',
  passphrase: '',
  sudoPassword: '',
};

export function draftOf(access: AgentAccess | null): AccessDraft {
  if (!access) return NEW;
  const { host, port, user, methods, keyPath, throughManager, elevation } = access;
  return {
    ...NEW,
    host,
    port: String(port),
    user,
    methods,
    keyPath: keyPath ?? '',
    throughManager,
    elevation,
  };
}

export function problemsOf({ host, port, user, methods, keyPath }: AccessDraft): AccessProblems {
  const number = Number(port);
  return {
    host: hostProblem(host.trim()),
    port: Number.isInteger(number) && number >= 1 && number <= 65_535 ? null : 'From 1 to 65535.',
    user: /^[^\s:"'\\]+$/.test(user.trim()) ? null : 'Enter the account on the agent.',
    methods: methods.length === 0 ? 'Choose at least one.' : null,
    keyPath: methods.includes('key') && keyPath.trim() === '' ? 'Enter the path of the key.' : null,
  };
}

function hostProblem(host: string): string | null {
  if (host === '') return 'Enter an address, such as {ip}.';
  const unknown = /\{(?!ip\}|name\}|id\})[^}]*\}?/.exec(host);
  if (unknown) return `${unknown[0]} is not known; {ip}, {name} and {id} are.`;
  return /^[^\s/@"'\\]+$/.test(host) ? null : 'Only a name or an address, without user or path.';
}

export function isFine(problems: AccessProblems): boolean {
  return Object.values(problems).every((problem) => problem === null);
}

export function accessOf(draft: AccessDraft, isOn: boolean): AgentAccess {
  const { host, port, user, methods, keyPath, throughManager, elevation } = draft;
  return {
    isOn,
    host: host.trim(),
    port: Number(port),
    user: user.trim(),
    methods: [...methods],
    keyPath: methods.includes('key') ? keyPath.trim() : null,
    throughManager,
    elevation,
  };
}

/** Those that were entered and are of use; what is left out stays as it is kept. */
export function secretsOf(draft: AccessDraft): {
  readonly password?: string;
  readonly passphrase?: string;
  readonly sudoPassword?: string;
} {
  const { methods, elevation, password, passphrase, sudoPassword } = draft;
  return {
    ...(methods.includes('password') && password !== '' ? { password } : {}),
    ...(methods.includes('key') && passphrase !== '' ? { passphrase } : {}),
    ...(elevation === 'sudo-password' && sudoPassword !== '' ? { sudoPassword } : {}),
  };
}
