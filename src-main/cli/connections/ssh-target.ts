import { isIPv6 } from 'node:net';
import { InvalidArgumentError } from 'commander';
import {
  DEFAULT_SSH_PORT,
  SSH_AUTH_METHODS,
  type SshAuthMethod,
} from '../../../src-shared/domain/connection-profile.ts';

/** A machine as a call names it. */
export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** `USER@HOST`, `USER@HOST:PORT`, `USER@[IPV6]:PORT`. The user may hold an `@` (a domain's), the host may not. */
export function parseSshTarget(text: string): SshTarget {
  const at = text.lastIndexOf('@');
  const user = text.slice(0, at);
  const [, bracketed, plain, portText] =
    /^(?:\[([^\]]+)\]|([^\s:/[\]"'\\]+))(?::(\d{1,5}))?$/.exec(text.slice(at + 1)) ?? [];
  const host = bracketed ?? plain ?? '';
  const port = portText === undefined ? DEFAULT_SSH_PORT : Number(portText);
  const isWrong =
    at < 1 ||
    host === '' ||
    host.startsWith('-') ||
    user.startsWith('-') ||
    /[\s:"'\\]/.test(user) ||
    (bracketed !== undefined && !isIPv6(bracketed.replace(/%.*$/, ''))) ||
    port < 1 ||
    port > 65_535;
  if (isWrong) throw new InvalidArgumentError('A machine is USER@HOST or USER@HOST:PORT; IPv6 in brackets.');
  return { user, host, port };
}

/** `USER@HOST[:PORT][,…]`: nearest to this workstation first. */
export function parseJumps(text: string): readonly SshTarget[] {
  const jumps = text.split(',').map((part) => parseSshTarget(part.trim()));
  if (jumps.length > MOST_JUMPS) throw new InvalidArgumentError(`At most ${MOST_JUMPS} machines on the way.`);
  return jumps;
}

const MOST_JUMPS = 8;

/** `key,password`, in the order they are tried. */
export function parseMethods(text: string): readonly SshAuthMethod[] {
  const methods = text.split(',').map((word) => SSH_AUTH_METHODS.find((method) => method === word.trim()));
  const known = methods.filter((method) => method !== undefined);
  if (known.length < methods.length) {
    throw new InvalidArgumentError(`Known are ${SSH_AUTH_METHODS.join(', ')}; several with commas between.`);
  }
  return [...new Set(known)];
}
