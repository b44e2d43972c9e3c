import { fitsHostPatterns } from './host-patterns.ts';

/**
 * known_hosts as OpenSSH 2 to 10 write it (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): `[@marker] hosts type key [comment]`.
 * Hosts are a comma list of patterns or one hashed name; a port other than 22 is part of the name: `[host]:port`.
 */
export interface KnownHostsEntry {
  /** From 1. */
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  readonly hosts: KnownHostsNames;
  /** `ssh-ed25519`. */
  readonly keyType: string;
  /** Base64, as it stands. */
  readonly key: string;
}

export type KnownHostsNames =
  | { readonly kind: 'patterns'; readonly patterns: readonly string[] }
  /** HMAC-SHA1 of the name with the salt as the key; both base64. */
  | { readonly kind: 'hashed'; readonly salt: string; readonly hash: string };

/** HMAC-SHA1 of `text`, its key and its result in base64. */
export type HmacSha1 = (saltBase64: string, text: string) => string;

/** Longer lines are no keys: the longest RSA key takes about 2,800 characters. */
const LONGEST_LINE = 65_536;
const MARKERS = new Map([
  ['@revoked', 'revoked'],
  ['@cert-authority', 'cert-authority'],
] as const);
const KEY_TYPE = /^[a-z0-9][a-z0-9@.-]{2,63}$/;
const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;
const HASHED = /^\|1\|([A-Za-z0-9+/]{27}=)\|([A-Za-z0-9+/]{27}=)$/;

/** Damaged lines, comments and the numbers of SSH 1 are left out, as OpenSSH does. */
export function parseKnownHosts(text: string): KnownHostsEntry[] {
  return text.split('\n').flatMap((line, index) => parseLine(line, index + 1) ?? []);
}

function parseLine(text: string, line: number): KnownHostsEntry | null {
  if (text.length > LONGEST_LINE) return null;
  const fields = text.trim().split(/[ \t]+/);
  if (!fields[0] || fields[0].startsWith('#')) return null;
  const isMarked = fields[0].startsWith('@');
  const marker = isMarked ? [...MARKERS].find(([word]) => word === fields[0])?.[1] : 'none';
  const [names = '', keyType = '', key = ''] = isMarked ? fields.slice(1) : fields;
  if (!marker || !KEY_TYPE.test(keyType) || !BASE64.test(key) || key.length % 4 !== 0) return null;
  const hosts = parseNames(names);
  return hosts && { line, marker, hosts, keyType, key };
}

function parseNames(names: string): KnownHostsNames | null {
  if (!names.startsWith('|')) {
    const patterns = names.split(',').filter((pattern) => pattern !== '' && pattern !== '!');
    return patterns.length > 0 ? { kind: 'patterns', patterns } : null;
  }
  const [, salt, hash] = HASHED.exec(names) ?? [];
  return salt && hash ? { kind: 'hashed', salt, hash } : null;
}

/** How known_hosts calls an endpoint. */
export function knownHostsName(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

/** Whether an entry is about the host of this name (see `knownHostsName`). */
export function isAbout(entry: KnownHostsEntry, name: string, hmacSha1: HmacSha1): boolean {
  const { hosts } = entry;
  if (hosts.kind === 'patterns') return fitsHostPatterns(hosts.patterns, name);
  return hmacSha1(hosts.salt, name) === hosts.hash;
}
