import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SSH_PORT } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { SshConfigHost } from '../../../src-shared/ipc/connections.ts';
import { readSshConfig, settingsFor, type SshConfigFile } from './ssh-config-file.ts';

export interface SshConfigPlace {
  /** Default: `~/.ssh/config`. */
  readonly path?: string;
  readonly home?: string;
  readonly localUser?: string;
}

/** As many as a profile may have. */
const MOST_JUMPS = 8;

/**
 * The hosts of the user's ssh_config that a profile can use, in the order of the file. Left out: hosts that are reached
 * through a program (`ProxyCommand`), and whatever a profile would not accept. A missing file has none.
 */
export async function sshConfigHosts(place: SshConfigPlace = {}): Promise<readonly SshConfigHost[]> {
  const home = place.home ?? homedir();
  const file = await readSshConfig(place.path ?? join(home, '.ssh', 'config'), home);
  const reader = { file, home, localUser: place.localUser ?? userInfo().username };
  return file.aliases.flatMap((alias) => offer(reader, alias) ?? []);
}

interface Reader {
  readonly file: SshConfigFile;
  readonly home: string;
  readonly localUser: string;
}

type Jump = SshConfigHost['jumps'][number];

/** A name with everything that is set for it; jumps not followed yet. */
interface Resolved {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  /** `ProxyJump` as it stands; null: reached directly. */
  readonly proxyJump: string | null;
  readonly settings: ReadonlyMap<string, readonly string[]>;
}

function offer(reader: Reader, alias: string): SshConfigHost | null {
  if (visibleText(alias) !== alias || !isHostName(alias)) return null;
  const resolved = resolve(reader, alias);
  const jumps = resolved && followJumps(reader, resolved.proxyJump, MOST_JUMPS);
  if (!resolved || !jumps || jumps.length > MOST_JUMPS) return null;
  const { host, port, user } = resolved;
  return { alias, host, port, user, keyPath: keyPathOf(reader, alias, resolved), jumps };
}

/** Null when a profile cannot reach it. */
function resolve(reader: Reader, alias: string): Resolved | null {
  const settings = settingsFor(reader.file, alias, reader.localUser);
  const first = (name: string): string | null => settings.get(name)?.[0] ?? null;
  const host = expand(first('hostname') ?? '%h', { h: alias });
  const port = Number(first('port') ?? DEFAULT_SSH_PORT);
  const user = first('user');
  if (host === null || !isHostName(host) || !isPort(port)) return null;
  if (user !== null && !isUserName(user)) return null;
  // Whichever comes first wins over the other; both are in the order of the file.
  const way = [...settings.keys()].find((name) => name === 'proxyjump' || name === 'proxycommand');
  const [proxy = 'none'] = way === undefined ? [] : (settings.get(way) ?? []);
  if (proxy.toLowerCase() === 'none') return { host, port, user, proxyJump: null, settings };
  return way === 'proxycommand' ? null : { host, port, user, proxyJump: proxy, settings };
}

/** Nearest first. Null when one of them cannot be used, or when they lead in a circle. */
function followJumps(reader: Reader, proxyJump: string | null, left: number): readonly Jump[] | null {
  if (proxyJump === null) return [];
  if (left === 0) return null;
  const jumps: Jump[] = [];
  for (const [place, text] of proxyJump.split(',').entries()) {
    const wanted = parseJump(text.trim());
    const resolved = wanted && resolve(reader, wanted.host);
    if (!wanted || !resolved) return null;
    // Those given here replace what the later ones have of their own; the first is reached as its own settings say.
    const before = place === 0 ? followJumps(reader, resolved.proxyJump, left - 1) : [];
    if (!before) return null;
    const { host } = resolved;
    jumps.push(...before, { host, port: wanted.port ?? resolved.port, user: wanted.user ?? resolved.user });
  }
  return jumps;
}

/** `[user@]host[:port]` or `ssh://[user@]host[:port]`. */
function parseJump(
  text: string,
): { readonly user: string | null; readonly host: string; readonly port: number | null } | null {
  const parts =
    /^(?:ssh:\/\/)?(?:(?<user>[^@]+)@)?(?:\[(?<six>[^\]]+)\]|(?<host>[^:[\]]+))(?::(?<port>\d{1,5}))?\/?$/.exec(
      text,
    );
  const { user = null, six, host = six, port } = parts?.groups ?? {};
  if (host === undefined || !isHostName(host) || (user !== null && !isUserName(user))) return null;
  if (port !== undefined && !isPort(Number(port))) return null;
  return { user, host, port: port === undefined ? null : Number(port) };
}

/** The first `IdentityFile`; null when there is none, or when it cannot be told here. */
function keyPathOf(
  { home, localUser }: Reader,
  alias: string,
  { host, port, user, settings }: Resolved,
): string | null {
  const path = settings.get('identityfile')?.[0];
  if (path === undefined || path.toLowerCase() === 'none' || path.includes('${')) return null;
  const tokens = {
    d: home,
    h: host,
    l: hostname(),
    n: alias,
    p: String(port),
    r: user ?? localUser,
    u: localUser,
  };
  const expanded = expand(path, tokens);
  return expanded !== null && visibleText(expanded) === expanded ? expanded : null;
}

/** ssh_config(5), TOKENS. Null when there is one that is not known here. */
function expand(text: string, tokens: Readonly<Record<string, string>>): string | null {
  let isKnown = true;
  const expanded = text.replaceAll(/%(.?)/g, (_whole, token: string) => {
    if (token === '%') return '%';
    const value = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? expanded : null;
}

// What the contract accepts, without what would hide or look like an option.
const isHostName = (text: string): boolean =>
  /^[^\s/@"'\\-][^\s/@"'\\]{0,254}$/.test(text) && visibleText(text) === text;
const isUserName = (text: string): boolean =>
  /^[^\s:"'\\-][^\s:"'\\]{0,254}$/.test(text) && visibleText(text) === text;
const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
