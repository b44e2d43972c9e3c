/**
 * Programs that can hand one datagram to analysisd's queue (wazuh.md 4.5), best first. Each takes the socket's path as its
 * last argument and the message, at most 65,536 bytes, on its input; exit code 0 once the kernel took it.
 */
export const QUEUE_WRITERS = ['wazuh-python', 'python3', 'perl', 'socat'] as const;
export type QueueWriter = (typeof QUEUE_WRITERS)[number];

export const PYTHON_QUEUE_WRITER =
  'import socket,sys; s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); ' +
  's.setsockopt(socket.SOL_SOCKET,socket.SO_SNDBUF,131072); s.settimeout(10); s.connect(sys.argv[1]); ' +
  's.send(sys.stdin.buffer.read())';

export const PERL_QUEUE_WRITER =
  'use Socket; alarm 10; socket(my $s,PF_UNIX,SOCK_DGRAM,0) or die "socket: $!\\n"; ' +
  'connect($s,sockaddr_un($ARGV[0])) or die "connect: $!\\n"; binmode STDIN; local $/; my $m=<STDIN>; ' +
  'defined(send($s,$m,0)) or die "send: $!\\n"';

/**
 * `$1` socat, `$2` its address. socat sends a datagram for each piece that it reads, and only a file is read in one piece.
 */
export const SOCAT_QUEUE_WRITER =
  'umask 077; f=$(mktemp) || exit 1; trap "exit 1" HUP INT TERM PIPE; ' +
  String.raw`trap "rm -f \"\$f\"" EXIT; cat >"$f" && "$1" -u -b65536 "$f" "$2"`;

/** `program`: where the writer was found; `socket`: the absolute path of the queue. */
export function queueWriterCommand(writer: QueueWriter, program: string, socket: string): readonly string[] {
  switch (writer) {
    case 'wazuh-python':
    case 'python3':
      return [program, '-c', PYTHON_QUEUE_WRITER, socket];
    case 'perl':
      return [program, '-e', PERL_QUEUE_WRITER, socket];
    case 'socat':
      return ['sh', '-c', SOCAT_QUEUE_WRITER, 'sh', program, `UNIX-SENDTO:${socatName(socket)}`];
  }
}

/** `,`, `:`, `!` and quotes mean something in socat's addresses. */
function socatName(path: string): string {
  return path.replaceAll(/[^\w./-]/g, (character) => `\\${character}`);
}
