import type { SshAuthMethod } from '../../../src-shared/domain/connection-profile.ts';
import type { ProfileField } from '../../../src-shared/ipc/connections.ts';
import {
  accountOf,
  nameOf,
  nameWithin,
  quoted,
  SshFailure,
  type HopAt,
  type SshHealing,
} from './ssh-failure.ts';
import { secretName, type SshSecretKind } from './ssh-ports.ts';

/** A failure of signing in; `facts` in the order message, remedy. */
function signInFailure(
  at: HopAt,
  code: string,
  field: ProfileField,
  words: readonly [message: string, remedy: string],
  more: {
    readonly healing?: SshHealing;
    readonly secret?: SshSecretKind;
    readonly wasRefused?: boolean;
    readonly cause?: unknown;
  } = {},
): SshFailure {
  const need = more.secret && {
    kind: 'secret' as const,
    secret: secretName(at.place, more.secret),
    wasRefused: more.wasRefused ?? false,
  };
  return new SshFailure(at, {
    code,
    step: 'sign-in',
    field,
    healing: more.healing ?? (need ? 'person' : 'change'),
    message: words[0],
    remedy: words[1],
    ...(need && { need }),
    cause: more.cause,
  });
}

const asUser = (at: HopAt) => `${nameOf(at)} does not let ${accountOf(at)} in`;

export const agentUnreachable = (at: HopAt, address: string | null, cause?: unknown) =>
  signInFailure(
    at,
    'agent-unreachable',
    'method',
    address === null
      ? [
          'No SSH agent runs here (`SSH_AUTH_SOCK` is not set).',
          'Start one (`ssh-agent`), add the key (`ssh-add`), and start Verdict Desk from there; or choose a key file.',
        ]
      : [
          `The SSH agent did not answer at ${quoted(address)}.`,
          'Start the agent again and add the key (`ssh-add`), or choose a key file.',
        ],
    { cause },
  );

export const agentEmpty = (at: HopAt) =>
  signInFailure(at, 'agent-empty', 'method', [
    'The SSH agent holds no key that can be used.',
    'Add the key to it (`ssh-add`), or choose a key file.',
  ]);

export const agentKeysRefused = (at: HopAt, count: number) =>
  signInFailure(at, 'agent-keys-refused', 'method', [
    `${asUser(at)}: it accepts none of the ${count === 1 ? 'one key' : `${count} keys`} in the SSH agent.`,
    `Add one of them (\`ssh-add -L\`) to ~/.ssh/authorized_keys of ${accountOf(at)} there, or add the right key here (\`ssh-add\`).`,
  ]);

export const agentDidNotSign = (at: HopAt, cause: unknown) =>
  signInFailure(
    at,
    'agent-did-not-sign',
    'method',
    [
      'The SSH agent did not sign: the key was not confirmed or is locked.',
      'Confirm or unlock it in the agent, then connect again.',
    ],
    { cause },
  );

export const keyMissing = (at: HopAt, path: string) =>
  signInFailure(at, 'key-missing', 'key', [
    `There is no private key at ${quoted(path)}.`,
    'Check the path; `~` stands for your home folder.',
  ]);

export const keyUnreadable = (at: HopAt, path: string, cause: unknown) =>
  signInFailure(
    at,
    'key-unreadable',
    'key',
    [`The private key ${quoted(path)} may not be read.`, 'It must belong to your account (`chmod 600`).'],
    { cause },
  );

export const keyIsPutty = (at: HopAt, path: string) =>
  signInFailure(at, 'key-format', 'key', [
    `${quoted(path)} is a key of PuTTY.`,
    'Convert it with PuTTYgen (Conversions, Export OpenSSH key; or `puttygen KEY.ppk -O private-openssh -o KEY`), or load it into Pageant and choose the agent.',
  ]);

export const keyIsPublic = (at: HopAt, path: string) =>
  signInFailure(at, 'key-format', 'key', [
    `${quoted(path)} is the public half of a key.`,
    'Choose the private one: the same name without `.pub`.',
  ]);

export const keyFormatUnknown = (at: HopAt, path: string, cause?: unknown) =>
  signInFailure(
    at,
    'key-format',
    'key',
    [
      `${quoted(path)} holds no private key that can be used.`,
      'Ed25519 keys can be used in OpenSSH’s own form, ECDSA and RSA keys also as PEM; keys on hardware (sk-…) cannot. If none is there, make one: ssh-keygen -t ed25519.',
    ],
    { cause },
  );

export const passphraseMissing = (at: HopAt, path: string) =>
  signInFailure(
    at,
    'key-passphrase-missing',
    'passphrase',
    [`The private key ${quoted(path)} is encrypted.`, 'Enter its passphrase.'],
    { secret: 'passphrase' },
  );

export const passphraseWrong = (at: HopAt, path: string) =>
  signInFailure(
    at,
    'key-passphrase-wrong',
    'passphrase',
    [`The passphrase does not open the private key ${quoted(path)}.`, 'Enter the right one.'],
    { secret: 'passphrase', wasRefused: true },
  );

export const keyRefused = (at: HopAt, path: string) =>
  signInFailure(at, 'key-refused', 'key', [
    `${asUser(at)} with the key ${quoted(path)}.`,
    `Add its public half to ~/.ssh/authorized_keys of ${accountOf(at)} there, and check the user name.`,
  ]);

export const keyNeedsSha1 = (at: HopAt) =>
  signInFailure(at, 'key-needs-sha1', 'key', [
    `${nameOf(at)} takes this RSA key only with SHA-1, which is not safe any more. Nothing was signed.`,
    'Use an ed25519 key, update the SSH server there, or switch on “Allow legacy algorithms” for this connection.',
  ]);

export const passwordMissing = (at: HopAt) =>
  signInFailure(
    at,
    'password-missing',
    'password',
    [`${nameOf(at)} wants the password of ${accountOf(at)}, and none is kept.`, 'Enter it.'],
    { secret: 'password' },
  );

export const passwordRefused = (at: HopAt) =>
  signInFailure(
    at,
    'password-refused',
    'password',
    [
      `${nameOf(at)} did not accept the password of ${accountOf(at)}. It is not sent again, so that the account is not locked.`,
      'Check user name and password, and that the account is not locked or expired there.',
    ],
    { secret: 'password', wasRefused: true },
  );

export const passwordExpired = (at: HopAt) =>
  signInFailure(at, 'password-expired', 'password', [
    `The password of ${accountOf(at)} on ${nameWithin(at)} has expired.`,
    'Set a new one there (`passwd`, or sign in once with `ssh`), then enter it here.',
  ]);

export const promptUnanswered = (at: HopAt) =>
  signInFailure(at, 'prompt-unanswered', 'method', [
    `${nameOf(at)} asked a question at signing in and got no answer.`,
    'Connect again and answer it.',
  ]);

export const answersRefused = (at: HopAt) =>
  signInFailure(at, 'answers-refused', 'method', [
    `${nameOf(at)} did not accept the answers.`,
    'Connect again; codes of a second factor are good for one try and a short time.',
  ]);

export const promptsSenseless = (at: HopAt) =>
  signInFailure(at, 'prompts-senseless', 'method', [
    `${nameOf(at)} asked too many questions at signing in.`,
    'Check that this is the right machine; use a key instead.',
  ]);

export const tooManyFailures = (at: HopAt) =>
  signInFailure(at, 'too-many-failures', 'method', [
    `${nameOf(at)} ended the connection after too many refused tries.`,
    'Choose one way to sign in: an agent with many keys uses up the tries (`MaxAuthTries`, 6 by default).',
  ]);

/** None of the profile's methods is among those the server offers this account. */
export function noMethodLeft(
  at: HopAt,
  offered: readonly string[],
  allowed: readonly SshAuthMethod[],
): SshFailure {
  const names = offered.slice(0, 8).map((name) => quoted(name, 40));
  return signInFailure(at, 'no-method-left', 'method', [
    `${asUser(at)} by ${allowed.map((method) => METHOD_WORDS[method]).join(' or ')}; it offers ${names.length > 0 ? names.join(', ') : 'no way at all'}.`,
    names.length > 0
      ? 'Choose one of these ways for the connection.'
      : 'Check the user name, and what sshd_config allows this account (`AllowUsers`, `AuthenticationMethods`).',
  ]);
}

const METHOD_WORDS: Readonly<Record<SshAuthMethod, string>> = {
  agent: 'agent',
  key: 'key file',
  password: 'password',
  'keyboard-interactive': 'questions and answers',
};
