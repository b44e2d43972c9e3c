import { createHmac } from 'node:crypto';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  isAbout,
  knownHostsName,
  parseKnownHosts,
  type KnownHostsEntry,
} from '../../../src-shared/formats/known-hosts.ts';

/** An entry with the file it stands in. */
export interface KnownHostsLine extends KnownHostsEntry {
  /** `/home/verdict/.ssh/known_hosts:12`. */
  readonly place: string;
}

/** Where OpenSSH looks, in its order. */
export function knownHostsFiles(home: string = homedir()): readonly string[] {
  const own = [join(home, '.ssh', 'known_hosts'), join(home, '.ssh', 'known_hosts2')];
  const systemWide =
    process.platform === 'win32'
      ? join(process.env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'ssh')
      : join('/', 'etc', 'ssh');
  return [...own, join(systemWide, 'ssh_known_hosts'), join(systemWide, 'ssh_known_hosts2')];
}

/** A file that grew beyond reason is read up to here. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What the files say about an endpoint; a file that is not there or may not be read says nothing, as with OpenSSH. */
export async function linesAbout(
  files: readonly string[],
  host: string,
  port: number,
): Promise<readonly KnownHostsLine[]> {
  const name = knownHostsName(host, port);
  const all = await Promise.all(files.map(readLines));
  return all.flat().filter((line) => isAbout(line, name, hmacSha1) && holdsItsType(line));
}

async function readLines(path: string): Promise<KnownHostsLine[]> {
  try {
    await using file = await open(path, 'r');
    if (!(await file.stat()).isFile()) return [];
    const buffer = Buffer.alloc(Math.min((await file.stat()).size, MOST_BYTES));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const entries = parseKnownHosts(buffer.toString('utf8', 0, bytesRead));
    return entries.map((entry) => ({ ...entry, place: `${path}:${entry.line}` }));
  } catch {
    return [];
  }
}

const hmacSha1 = (saltBase64: string, text: string): string =>
  createHmac('sha1', Buffer.from(saltBase64, 'base64')).update(text).digest('base64');

/** The key names its type itself, and must name the same one as the line: OpenSSH skips others. */
function holdsItsType({ key, keyType }: KnownHostsLine): boolean {
  return typeInside(Buffer.from(key, 'base64')) === keyType;
}

/** The type at the head of a public key as SSH sends it; null when it is none. */
export function typeInside(key: Uint8Array): string | null {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  if (bytes.length < 4) return null;
  const length = bytes.readUInt32BE(0);
  if (length > 64 || length + 4 > bytes.length) return null;
  return bytes.toString('latin1', 4, 4 + length);
}
