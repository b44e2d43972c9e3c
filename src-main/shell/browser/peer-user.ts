import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** Linux lists each connection with the user that owns its end (proc(5), `/proc/net/tcp`). */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
/** 127.0.0.1 as the kernel prints it, alone or mapped into an IPv6 address. */
const LOOPBACK = '0100007F';
const ROOT = 0;

/**
 * Whether a connection from this machine was made by a process of this user (or of root, who can read everything of
 * theirs anyway; WSL forwards a Windows browser as root). True where the system does not tell.
 */
export function isPeerOfThisUser(
  { remotePort, localPort }: Pick<Socket, 'remotePort' | 'localPort'>,
  own: number | undefined = process.getuid?.(),
  tables: readonly string[] = TABLES,
): boolean {
  if (own === undefined || remotePort === undefined || localPort === undefined) return own === undefined;
  const lists = tables.map(readTable).filter((list) => list !== null);
  if (lists.length === 0) return true;
  const owners = lists.flatMap((list) => ownersIn(list, hexPort(remotePort), hexPort(localPort)));
  return owners.length > 0 && owners.every((owner) => owner === own || owner === ROOT);
}

function ownersIn(list: string, from: string, to: string): number[] {
  return list.split('\n').flatMap((line) => {
    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/);
    const isIt = local?.endsWith(`${LOOPBACK}:${from}`) && remote?.endsWith(`${LOOPBACK}:${to}`);
    return isIt ? [Number(uid)] : [];
  });
}

const hexPort = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

function readTable(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
