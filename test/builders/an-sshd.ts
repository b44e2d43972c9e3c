import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcesses } from './process-tree.ts';

/**
 * Debian's own sshd on a free loopback port, with throw-away keys and a configuration of its own:
 *
 *     const sshd = await anSshd({ hostKeys: ['ed25519', 'rsa'] });
 *     connect({ host: sshd.host, port: sshd.port, user: sshd.user, keyPath: sshd.clientKey.path });
 *     await sshd.kill();                                // everything, running sessions too; connections break
 *     await sshd.restart();                             // same port, same keys
 *     await sshd.restart({ hostKeys: ['ed25519'] });    // same port, new keys
 *     await sshd.stop();                                // in afterAll; removes its folder
 *
 * It serves the account that runs the tests, and others when that is root. Skip with the reason where it is absent:
 * `describe.skipIf(sshdMissing)(...)` and `sshdMissing` in the name.
 */
export async function anSshd(options: SshdOptions = {}): Promise<Sshd> {
  if (sshdMissing !== null) throw new Error(sshdMissing);
  // As root it insists on its empty folder for privilege separation, which Debian makes at boot.
  if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-sshd-'));
  // Other accounts' keys are looked up with their rights.
  chmodSync(folder, 0o755);
  const sshd = new RunningSshd(folder, await freePort(), options);
  try {
    await sshd.restart({ hostKeys: options.hostKeys ?? ['ed25519'] });
    return sshd;
  } catch (error) {
    await sshd.stop();
    throw error;
  }
}

export type HostKeyType = 'ed25519' | 'rsa' | 'ecdsa';

export interface SshdOptions {
  /** Default: one ed25519 key. */
  readonly hostKeys?: readonly HostKeyType[];
  /** `AuthenticationMethods`, as sshd_config spells it (`publickey,password`); default: any that is on. */
  readonly methods?: string;
  /** `ForceCommand internal-sftp`: files only, no programs. */
  readonly isSftpOnly?: boolean;
  /** Lines of sshd_config that win over the ones here: sshd takes the first value of each keyword. */
  readonly lines?: readonly string[];
  /** Put last: `Match` and what belongs to it. */
  readonly matchLines?: readonly string[];
}

export interface Sshd {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The account that runs the tests. */
  readonly user: string;
  /** `OpenSSH_9.2`. */
  readonly version: string;
  /** Authorized; without a passphrase. */
  readonly clientKey: ClientKey;
  /** Authorized; with a passphrase. */
  readonly encryptedKey: ClientKey & { readonly passphrase: string };
  readonly hostKeys: readonly HostKey[];
  /** One more public key (a line of `NAME.pub`) that may sign in. */
  authorize(publicKey: string): void;
  /** Everything sshd wrote so far (`LogLevel VERBOSE`), over restarts too. */
  log(): string;
  /** The server and all its sessions, at once and without a word. */
  kill(): Promise<void>;
  /** `hostKeys`: new ones of these types. `lines`: instead of those given before. */
  restart(changes?: {
    readonly hostKeys?: readonly HostKeyType[];
    readonly lines?: readonly string[];
  }): Promise<void>;
  stop(): Promise<void>;
}

export interface ClientKey {
  readonly path: string;
  /** The line for authorized_keys. */
  readonly publicKey: string;
}

export interface HostKey {
  /** `ssh-ed25519`. */
  readonly keyType: string;
  /** Base64, as in known_hosts. */
  readonly key: string;
  /** `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
}

const SSHD = '/usr/sbin/sshd';
const isRoot = userInfo().uid === 0;

/** Why there is no sshd to test against; null when there is one. */
export const sshdMissing: string | null = reasonForNone();

function reasonForNone(): string | null {
  if (process.platform !== 'linux') return 'sshd is tried on Linux only';
  if (!existsSync(SSHD)) return `${SSHD} is not installed (openssh-server)`;
  if (!existsSync('/usr/bin/ssh-keygen')) return 'ssh-keygen is not installed (openssh-client)';
  return null;
}

/** Makes a key pair without a word; returns the line of the public one. */
export function makeKey(path: string, type: HostKeyType, passphrase = ''): string {
  // Few rounds of the key derivation: these keys guard nothing.
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    type,
    ...size,
    '-a',
    '2',
    '-N',
    passphrase,
    '-C',
    'throw-away',
    '-f',
    path,
  ]);
  return readFileSync(`${path}.pub`, 'utf8').trim();
}

export function fingerprintOf(keyBase64: string): string {
  const digest = createHash('sha256').update(Buffer.from(keyBase64, 'base64')).digest('base64');
  return `SHA256:${digest.replaceAll('=', '')}`;
}

class RunningSshd implements Sshd {
  readonly host = '127.0.0.1';
  readonly user = userInfo().username;
  readonly version = sshdVersion();
  readonly port: number;
  readonly clientKey: ClientKey;
  readonly encryptedKey: ClientKey & { readonly passphrase: string };
  readonly #folder: string;
  readonly #options: SshdOptions;
  #extraLines: readonly string[];
  #hostKeyPaths: readonly string[] = [];
  #generation = 0;
  #process: ChildProcess | null = null;
  #log = '';

  constructor(folder: string, port: number, options: SshdOptions) {
    this.#folder = folder;
    this.port = port;
    this.#options = options;
    this.#extraLines = options.lines ?? [];
    const path = join(folder, 'client');
    this.clientKey = { path, publicKey: makeKey(path, 'ed25519') };
    const lockedPath = join(folder, 'client-encrypted');
    const passphrase = 'open the throw-away key';
    this.encryptedKey = {
      path: lockedPath,
      publicKey: makeKey(lockedPath, 'ed25519', passphrase),
      passphrase,
    };
    this.authorize(this.clientKey.publicKey);
    this.authorize(this.encryptedKey.publicKey);
  }

  get hostKeys(): readonly HostKey[] {
    return this.#hostKeyPaths.map((path) => {
      const [keyType = '', key = ''] = readFileSync(`${path}.pub`, 'utf8').split(' ');
      return { keyType, key, fingerprint: fingerprintOf(key) };
    });
  }

  authorize(publicKey: string): void {
    writeFileSync(this.#authorizedKeys, `${publicKey}\n`, { flag: 'a', mode: 0o644 });
  }

  log(): string {
    return this.#log;
  }

  async kill(): Promise<void> {
    const ended = this.#process;
    this.#process = null;
    if (ended) await endProcesses(ended);
  }

  async restart(
    changes: { readonly hostKeys?: readonly HostKeyType[]; readonly lines?: readonly string[] } = {},
  ) {
    await this.kill();
    if (changes.lines) this.#extraLines = changes.lines;
    if (changes.hostKeys) this.#makeHostKeys(changes.hostKeys);
    const configuration = join(this.#folder, 'sshd_config');
    writeFileSync(configuration, this.#configuration());
    await this.#start(configuration);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #authorizedKeys(): string {
    return join(this.#folder, 'authorized_keys');
  }

  #makeHostKeys(types: readonly HostKeyType[]): void {
    this.#generation += 1;
    this.#hostKeyPaths = types.map((type) => join(this.#folder, `host-${type}-${this.#generation}`));
    for (const [place, type] of types.entries()) makeKey(this.#hostKeyPaths[place] ?? '', type);
  }

  #configuration(): string {
    const { methods, isSftpOnly = false, matchLines = [] } = this.#options;
    return [
      ...this.#extraLines,
      `ListenAddress 127.0.0.1:${this.port}`,
      ...this.#hostKeyPaths.map((path) => `HostKey ${path}`),
      `PidFile ${join(this.#folder, 'sshd.pid')}`,
      `AuthorizedKeysFile ${this.#authorizedKeys}`,
      'StrictModes no',
      'PermitRootLogin yes',
      'UsePAM no',
      'UseDNS no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'MaxStartups 200',
      'MaxSessions 200',
      'LogLevel VERBOSE',
      'PrintMotd no',
      'PrintLastLog no',
      // The one keyword that may not come twice.
      ...(this.#extraLines.some((line) => line.startsWith('Subsystem'))
        ? []
        : ['Subsystem sftp internal-sftp']),
      ...(knowsPenalties(this.version) ? ['PerSourcePenalties no'] : []),
      ...(methods ? [`AuthenticationMethods ${methods}`] : []),
      ...(isSftpOnly ? ['ForceCommand internal-sftp'] : []),
      ...matchLines,
      '',
    ].join('\n');
  }

  async #start(configuration: string): Promise<void> {
    const started = spawn(SSHD, ['-D', '-e', '-f', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = started;
    const before = this.#log.length;
    started.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    const ended = once(started, 'exit');
    while (!this.#log.slice(before).includes(`Server listening on 127.0.0.1 port ${this.port}`)) {
      if (started.exitCode !== null) throw new Error(`sshd did not start:\n${this.#log.slice(before)}`);
      await Promise.race([started.stderr ? once(started.stderr, 'data') : pause(10), ended]);
    }
  }
}

/** `OpenSSH_9.2p1 Debian-2+deb12u10, …`; versions before 9.2 say it while complaining about `-V`. */
function sshdVersion(): string {
  const { stdout, stderr } = spawnSync(SSHD, ['-V'], { encoding: 'utf8' });
  return /OpenSSH_\d+\.\d+/.exec(stdout + stderr)?.[0] ?? 'OpenSSH_unknown';
}

/** OpenSSH 9.8 and later hold back addresses that failed to sign in. */
function knowsPenalties(version: string): boolean {
  const [major = 0, minor = 0] = version.replace('OpenSSH_', '').split('.').map(Number);
  return major > 9 || (major === 9 && minor >= 8);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No free port was found.');
  return address.port;
}
