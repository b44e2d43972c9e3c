import {
  Client,
  type Algorithms,
  type CipherAlgorithm,
  type KexAlgorithm,
  type MacAlgorithm,
  type ServerHostKeyAlgorithm,
} from 'ssh2';

// No SHA-1, no CBC, no MD5. chacha20-poly1305 is left out everywhere: Electron's crypto has none, and to name it throws.
const KEX: readonly KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group14-sha256',
];
const LEGACY_KEX: readonly KexAlgorithm[] = [
  'diffie-hellman-group-exchange-sha1',
  'diffie-hellman-group14-sha1',
  'diffie-hellman-group1-sha1',
];
const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];
const LEGACY_HOST_KEYS: readonly ServerHostKeyAlgorithm[] = ['ssh-rsa'];
const CIPHERS: readonly CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes256-ctr',
  'aes192-ctr',
  'aes128-ctr',
];
const LEGACY_CIPHERS: readonly CipherAlgorithm[] = ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'];
const MACS: readonly MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
];
const LEGACY_MACS: readonly MacAlgorithm[] = ['hmac-sha1-etm@openssh.com', 'hmac-sha1'];

/**
 * What is offered, strongest first; old ones only when the profile says so, and then last. `knownKeyTypes`: of the keys
 * known for this server, asked for first.
 */
export function algorithmsFor(knownKeyTypes: readonly string[], allowsLegacy: boolean): Algorithms {
  const extended = <T>(strong: readonly T[], legacy: readonly T[]) => [
    ...strong,
    ...(allowsLegacy ? legacy : []),
  ];
  return {
    kex: supported('kex', extended(KEX, LEGACY_KEX)),
    serverHostKey: supported(
      'serverHostKey',
      knownFirst(extended(HOST_KEYS, LEGACY_HOST_KEYS), knownKeyTypes),
    ),
    cipher: supported('cipher', extended(CIPHERS, LEGACY_CIPHERS)),
    hmac: supported('hmac', extended(MACS, LEGACY_MACS)),
    // Compression before a secret is a side channel, and loopback and LAN are fast enough.
    compress: ['none'],
  };
}

function knownFirst(
  algorithms: readonly ServerHostKeyAlgorithm[],
  knownKeyTypes: readonly string[],
): ServerHostKeyAlgorithm[] {
  const isKnown = (algorithm: string) => knownKeyTypes.includes(keyTypeOf(algorithm));
  return [...algorithms.filter(isKnown), ...algorithms.filter((algorithm) => !isKnown(algorithm))];
}

/** RFC 8332: RSA keys are of the type `ssh-rsa` whatever signs with them. */
const keyTypeOf = (algorithm: string): string => (algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm);

const answers = new Map<string, boolean>();

/** What this runtime's crypto can do, as ssh2 found out when it was loaded. */
function supported<T extends string>(kind: keyof Algorithms, names: readonly T[]): T[] {
  return names.filter((name) => {
    const known = answers.get(name) ?? isSupported(kind, name);
    answers.set(name, known);
    return known;
  });
}

/** ssh2 has no list to ask, but refuses unknown names before anything else; then it misses the user name. */
function isSupported(kind: keyof Algorithms, name: string): boolean {
  try {
    new Client().connect({ algorithms: { [kind]: [name] } });
    return true;
  } catch (error) {
    return !(error instanceof Error && error.message.startsWith('Unsupported algorithm'));
  }
}
