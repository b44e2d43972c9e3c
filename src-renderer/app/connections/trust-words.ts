import { DEFAULT_SSH_PORT, endpointName } from '../../../src-shared/domain/connection-profile.ts';

/** Commands that a person runs to compare or to forget a key. OpenSSH's file names; Wazuh 4.x's place of its certificate. */

const KEY_FILES: readonly (readonly [RegExp, string])[] = [
  [/ed25519/, 'ssh_host_ed25519_key.pub'],
  [/ecdsa/, 'ssh_host_ecdsa_key.pub'],
  [/rsa/, 'ssh_host_rsa_key.pub'],
  [/dss/, 'ssh_host_dsa_key.pub'],
];

/** Prints the fingerprint of the key of that type, on the server's own console. */
export function printHostKeyCommand(keyType: string): string {
  const file = KEY_FILES.find(([pattern]) => pattern.test(keyType))?.[1] ?? KEY_FILES[0]?.[1];
  return `ssh-keygen -lf /etc/ssh/${file}`;
}

/** `ED25519`, as ssh-keygen writes the type behind the fingerprint; what it does not know stays as it is. */
export function keyTypeName(keyType: string): string {
  const name = /^(?:sk-)?(?:ssh|ecdsa)-(?:sha2-)?(\w+)/.exec(keyType)?.[1];
  if (keyType.startsWith('ecdsa') || keyType.startsWith('sk-ecdsa')) return 'ECDSA';
  return name ? name.toUpperCase() : keyType;
}

export interface KnownHostsPlace {
  readonly file: string;
  readonly line: number | null;
}

/** Splits `/home/ops/.ssh/known_hosts:12`. */
export function knownHostsPlace(place: string): KnownHostsPlace {
  const [, file, line] = /^(.*\S)(?::| line )(\d+)$/.exec(place) ?? [];
  return file && line ? { file, line: Number(line) } : { file: place, line: null };
}

/** Takes the old key out of a known_hosts file; the command keeps a copy beside it. */
export function removeHostKeyCommand(host: string, port: number, file: string | null): string {
  const name = port === DEFAULT_SSH_PORT ? host : endpointNameOf(host, port);
  return ['ssh-keygen', '-R', shellWord(name), ...(file ? ['-f', shellWord(file)] : [])].join(' ');
}

/** known_hosts writes every other port with brackets. */
function endpointNameOf(host: string, port: number): string {
  return host.includes(':') ? endpointName(host, port) : `[${host}]:${port}`;
}

/** A word for a POSIX shell, quoted only where it must be. `~/` stays for the shell to expand. */
function shellWord(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Prints the certificate's fingerprint on the manager. */
export const PRINT_CERTIFICATE_COMMAND =
  'openssl x509 -noout -fingerprint -sha256 -in /var/ossec/api/configuration/ssl/server.crt';

/** `AB:CD:…`, as openssl prints it. */
export function certificatePrint(fingerprint: string): string {
  return (
    fingerprint
      .replaceAll(/[^0-9a-f]/gi, '')
      .toUpperCase()
      .match(/.{1,2}/g)
      ?.join(':') ?? fingerprint
  );
}
