import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { KeyQuotas } from '../../src-shared/formats/virustotal-quotas.ts';
import { parseApiKey } from './api-key.ts';
import type { LookupAnswer, LookupClient } from './virustotal-client.ts';

/** The antivirus test file, 68 bytes: known to every service that speaks this API (virustotal.md section 8). */
const EICAR = {
  algorithm: 'sha256',
  hex: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
} as const;

/**
 * Asks VirusTotal whether it accepts a key, before it is stored: the quota question first, which costs no lookup, then
 * one lookup where quotas are not offered. Returns the key's quotas, or null when it is good but they are not known.
 *
 * Errors: `virustotal.key-malformed`, `virustotal.sample-key`, `virustotal.key-rejected`, `virustotal.key-exhausted`
 * (its quota is spent, so it cannot be told), `virustotal.unreachable`.
 */
export async function testApiKey(
  client: LookupClient,
  text: string,
  signal: AbortSignal,
): Promise<KeyQuotas | null> {
  const key = parseApiKey(text);
  const answer = await client.overallQuotas(key, signal);
  if (answer.kind === 'known') return answer.quotas;
  if (answer.kind === 'rejected') throw rejected();
  judge(await client.lookup(EICAR, key, signal));
  return null;
}

function judge({ outcome }: LookupAnswer): void {
  switch (outcome.kind) {
    case 'detected':
    case 'no-positives':
    case 'no-records':
    case 'pending':
      return;
    case 'credentials-rejected':
      throw rejected();
    case 'rate-limited':
      throw new DomainError(
        'virustotal.key-exhausted',
        'VirusTotal answers that the request limit of this key is reached, so the key could not be tested.',
        'Try again in a minute; if it stays, the allowance of the day is used and the test works after 00:00 UTC.',
      );
    case 'timed-out':
      throw unreachable('No answer came in time.');
    case 'request-failed':
      throw unreachable(outcome.detail);
  }
}

function rejected(): DomainError {
  return new DomainError(
    'virustotal.key-rejected',
    'VirusTotal does not accept this key. It was not stored.',
    'Copy the key again from your VirusTotal account under "API key". A key that was just renewed replaces the old one.',
  );
}

function unreachable(detail: string): DomainError {
  return new DomainError(
    'virustotal.unreachable',
    `The key could not be tested: ${detail}`,
    'Check the network, the proxy (HTTPS_PROXY) and the VirusTotal address, then try again.',
  );
}
