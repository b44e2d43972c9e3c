import { createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import {
  keyFormatUnknown,
  keyIsPublic,
  keyIsPutty,
  keyMissing,
  keyUnreadable,
  passphraseMissing,
  passphraseWrong,
} from './sign-in-failures.ts';
import type { HopAt, SshFailure } from './ssh-failure.ts';

/** The longest key files (RSA 16384) have about 13 KB. */
const MOST_BYTES = 65_536;

/** `~` as shells mean it. */
export function expandHome(path: string, home: string = homedir()): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

export interface KeyFile {
  readonly at: HopAt;
  /** As the profile has it. */
  readonly path: string;
  readonly home: string | undefined;
  /** Asked only when the key is encrypted. */
  passphrase(): Promise<string | null>;
}

/** The private key in a file, or why there is none: a value, since other ways to sign in may be left. */
export async function loadPrivateKey(file: KeyFile): Promise<ParsedKey | SshFailure> {
  const { at, path } = file;
  const text = await readKeyFile(file);
  if (typeof text !== 'string') return text;
  if (text.startsWith('PuTTY-User-Key-File-')) return keyIsPutty(at, path);
  if (/^(?:ssh-|ecdsa-|sk-)\S+ AAAA/.test(text) || text.startsWith('---- BEGIN SSH2 PUBLIC')) {
    return keyIsPublic(at, path);
  }
  const first = parse(text, undefined);
  if (first.kind !== 'needs-passphrase')
    return first.kind === 'key' ? first.key : keyFormatUnknown(at, path, first.error);
  const passphrase = await file.passphrase();
  if (!passphrase) return passphraseMissing(at, path);
  const second = parse(text, passphrase);
  return second.kind === 'key' ? second.key : passphraseWrong(at, path);
}

async function readKeyFile({ at, path, home }: KeyFile): Promise<string | SshFailure> {
  const full = expandHome(path, home);
  try {
    const facts = await stat(full);
    if (!facts.isFile() || facts.size > MOST_BYTES) return keyFormatUnknown(at, path);
    return (await readFile(full, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? keyMissing(at, path) : keyUnreadable(at, path, error);
  }
}

type Parsed =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'needs-passphrase' }
  | { readonly kind: 'unusable'; readonly error: unknown };

function parse(text: string, passphrase: string | undefined): Parsed {
  if (passphrase === undefined && text.startsWith('-----BEGIN ENCRYPTED'))
    return { kind: 'needs-passphrase' };
  try {
    const pem = /^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(text) ? fromPkcs8(text, passphrase) : text;
    const parsed: unknown = ssh2.utils.parseKey(pem, passphrase);
    const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    if (isPrivateKey(key)) return { kind: 'key', key };
    return refusal(key, passphrase);
  } catch (error) {
    return refusal(error, passphrase);
  }
}

/** OpenSSL's own container, which ssh2 does not read: RSA and EC keys have older forms that it does. */
function fromPkcs8(text: string, passphrase: string | undefined): string {
  const key = createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
  return String(key.export({ type, format: 'pem' }));
}

function isPrivateKey(key: unknown): key is ParsedKey {
  return (
    typeof key === 'object' &&
    key !== null &&
    'isPrivateKey' in key &&
    typeof key.isPrivateKey === 'function' &&
    key.isPrivateKey() === true
  );
}

function refusal(error: unknown, passphrase: string | undefined): Parsed {
  const said = error instanceof Error ? error.message : '';
  const isLocked = /no passphrase given/i.test(said);
  return isLocked && passphrase === undefined ? { kind: 'needs-passphrase' } : { kind: 'unusable', error };
}

/** An RSA key that refuses to sign with SHA-1, which old servers ask for; the error makes ssh2 go on to the next way. */
export function withoutSha1(key: ParsedKey): ParsedKey {
  if (key.type !== 'ssh-rsa') return key;
  const sign = key.sign.bind(key);
  return Object.assign(key, {
    sign: (data: Buffer | string, algorithm?: string): Buffer | Sha1Refused =>
      algorithm === undefined || algorithm === 'sha1' ? new Sha1Refused() : sign(data, algorithm),
  });
}

export class Sha1Refused extends Error {
  constructor() {
    super('The key does not sign with SHA-1.');
  }
}
