import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { until } from './until.ts';

/** Why no datagram socket can be read here; null when one can. Node has no such sockets. */
export const queueSocketMissing: string | null =
  process.platform !== 'linux'
    ? 'datagram sockets of analysisd are tried on Linux only'
    : existsSync('/usr/bin/perl')
      ? null
      : '/usr/bin/perl is not installed';

/** As analysisd reads (`OS_RecvUnix`): 65,536 bytes less one; prints each datagram as a line of hex digits. */
const READER = `use Socket; $| = 1; my $p = $ARGV[0]; socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die;
setsockopt($s, SOL_SOCKET, SO_RCVBUF, 1048576); bind($s, sockaddr_un($p)) or die "bind: $!"; chmod(0660, $p);
print "ready\\n"; while (defined recv($s, my $m, 65535, 0)) { print unpack("H*", $m), "\\n"; }`;

/** The queue of a manager: what is handed to it is kept. */
export interface QueueSocket {
  /** Where the manager is installed. */
  readonly prefix: string;
  readonly path: string;
  /** Everything that came, once there are so many. */
  received(count: number): Promise<readonly string[]>;
  /** Nobody reads it any more; the name stays. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export async function aQueueSocket(path = 'queue/sockets/queue'): Promise<QueueSocket> {
  const prefix = mkdtempSync(join(tmpdir(), 'verdict-desk-queue-'));
  chmodSync(prefix, 0o755);
  const socket = join(prefix, path);
  mkdirSync(dirname(socket), { recursive: true });
  const reader = spawn('/usr/bin/perl', ['-e', READER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(reader, 'exit');
  const lines: string[] = [];
  createInterface({ input: reader.stdout }).on('line', (line) => lines.push(line));
  await until(() => {
    if (lines[0] !== 'ready') throw new Error('The socket is not there yet.');
  });
  const stop = async () => {
    reader.kill('SIGKILL');
    await ended;
  };
  return {
    prefix,
    path: socket,
    stop,
    received: (count) =>
      vi.waitFor(
        () => {
          const [, ...datagrams] = lines;
          if (datagrams.length < count) throw new Error(`${datagrams.length} of ${count} datagrams came.`);
          return datagrams.map((hex) => Buffer.from(hex, 'hex').toString('utf8'));
        },
        { timeout: 5_000 },
      ),
    remove: async () => {
      await stop();
      rmSync(prefix, { recursive: true, force: true });
    },
  };
}
