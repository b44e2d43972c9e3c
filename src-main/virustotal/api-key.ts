import { createHash, createHmac } from 'node:crypto';
import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** SHA-256 of the key printed in the integration's documentation: an example that many have copied. */
const SAMPLE_KEY_SHA256 = '5b73eab693c8b64b47638971d7199c61f151400be1356ac84cd13e4df8b61f28';

const SHORTEST_KEY = 8;
const LONGEST_KEY = 256;

/**
 * Trims and checks what a person or the environment gave as a key. VirusTotal's keys are 64 hex characters, but that is
 * not promised anywhere: only what could never be a key is refused here, VirusTotal judges the rest.
 */
export function parseApiKey(text: string): string {
  const key = text.trim();
  if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY || !/^[\x21-\x7e]+$/.test(key)) {
    throw new DomainError(
      'virustotal.key-malformed',
      'This is not a VirusTotal API key: a key is 64 characters of 0-9 and a-f without spaces.',
      'Copy the key from your VirusTotal account under "API key" and paste it whole.',
    );
  }
  if (createHash('sha256').update(key.toLowerCase()).digest('hex') === SAMPLE_KEY_SHA256) {
    throw new DomainError(
      'virustotal.sample-key',
      'This is the example key printed in the Wazuh documentation; it belongs to nobody.',
      'Create a free VirusTotal account, or use the one of your organisation, and enter its own API key.',
    );
  }
  return key;
}

/**
 * A name under which the use of a key is remembered: the same for the same key after a restart, wherever the key comes
 * from. Keyed with random bytes of the data folder, so that it tells nothing of the key.
 */
export function nameKey(key: string, salt: Uint8Array): string {
  return createHmac('sha256', salt).update(key).digest('hex').slice(0, 16);
}
