import { DEFAULT_API_PORT } from '../domain/connection-profile.ts';

/** The parts of a parsed web address that tell its port; `port` is empty where the protocol's own is meant or none was written. */
interface ParsedAddress {
  readonly protocol: string;
  readonly port: string;
}

/**
 * The port of an API's address: the manager's default unless one was written. A parsed address leaves out the port that
 * belongs to its protocol, so the text tells whether `:443` was meant.
 */
export function apiPort(text: string, { protocol, port }: ParsedAddress): number {
  if (port !== '') return Number(port);
  if (!hasOwnPort(text)) return DEFAULT_API_PORT;
  return protocol === 'https:' ? 443 : 80;
}

function hasOwnPort(text: string): boolean {
  return /^(?:[a-z][\w+.-]*:\/\/)?(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*):\d+/i.test(text);
}
