import { InvalidArgumentError } from 'commander';

/** As OpenSSH prints it: `SHA256:` and 43 characters of base64; padding is taken off. May be given several times. */
export function collectHostKey(text: string, before: readonly string[] = []): readonly string[] {
  const [, digest] = /^SHA256:([A-Za-z0-9+/]{43})=?$/.exec(text.trim()) ?? [];
  if (digest === undefined) {
    throw new InvalidArgumentError(
      'A host key is named by its fingerprint as ssh-keygen -lf prints it: SHA256: and 43 characters.',
    );
  }
  return [...before, `SHA256:${digest}`];
}

/** SHA-256 in hex digits, with or without colons, also with the words that openssl prints before it. */
export function parseCertificate(text: string): string {
  const hex = text
    .trim()
    .replace(/^sha-?256(?:\s+fingerprint)?\s*[:=]\s*/i, '')
    .replaceAll(':', '')
    .toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new InvalidArgumentError(
      'A certificate is named by its SHA-256 fingerprint: 64 hex digits, with or without colons.',
    );
  }
  return hex;
}
