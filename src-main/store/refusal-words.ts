import type { LookupRefusal } from '../../src-shared/domain/outcome.ts';

/** What a failed attempt is called beside the file that waits. */
export function describeRefusal(refusal: LookupRefusal): string {
  switch (refusal.kind) {
    case 'rate-limited':
      return 'VirusTotal’s limit for this key was reached.';
    case 'credentials-rejected':
      return 'VirusTotal did not accept the key.';
    case 'timed-out':
      return 'VirusTotal did not answer in time.';
    case 'pending':
      return 'VirusTotal knows the file, but no analysis has finished yet.';
    case 'request-failed':
      return refusal.status === null
        ? `VirusTotal could not be reached: ${refusal.detail}`
        : `VirusTotal answered HTTP ${refusal.status}: ${refusal.detail}`;
  }
}
