import type { X509Certificate } from 'node:crypto';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { OfferedCertificate } from '../../../src-shared/ipc/connections.ts';
import type { ApiAddress } from './api-address.ts';
import { certificateChanged, certificateUnknown, type ApiNeedsPerson } from './api-errors.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { CertificateInUse } from './wazuh-api.ts';

/** A finished handshake, before a byte of HTTP. `problem`: why the trusted authorities do not cover it; null when they do. */
export interface Presented {
  readonly certificate: X509Certificate;
  readonly problem: string | null;
}

/**
 * Decides about a certificate. One that a person accepted is the only one that counts: neither name nor chain nor dates
 * are asked then, and no other is let in, however well trusted. Without one, this machine's authorities decide.
 */
export function checkCertificate(
  { certificate, problem }: Presented,
  address: ApiAddress,
  store: Pick<CertificateStore, 'accepted'>,
): CertificateInUse | ApiNeedsPerson {
  const offered = describeCertificate(certificate, address, reasonOf(problem));
  const accepted = store.accepted(address.host, address.port);
  if (accepted) {
    const known = accepted.fingerprint.replaceAll(':', '').toLowerCase();
    if (known !== offered.fingerprint) return certificateChanged(offered, known);
  } else if (problem !== null) {
    return certificateUnknown(offered);
  }
  return { ...offered, trust: accepted ? 'accepted' : 'authorities' };
}

const LONGEST_NAME = 300;

function describeCertificate(
  certificate: X509Certificate,
  { host, port }: ApiAddress,
  reason: string,
): OfferedCertificate {
  return {
    host,
    port,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: isoDate(certificate.validFrom),
    validUntil: isoDate(certificate.validTo),
    reason,
  };
}

/** Node gives one attribute a line; whoever made the certificate chose the text. */
function nameOf(text: string | undefined): string {
  return visibleText((text ?? '').split('\n').join(', ')).slice(0, LONGEST_NAME);
}

function isoDate(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? visibleText(text) : new Date(ms).toISOString();
}

const REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is signed by itself, as Wazuh makes it at installation.',
  SELF_SIGNED_CERT_IN_CHAIN: 'It was issued by an authority this machine does not know.',
  UNABLE_TO_GET_ISSUER_CERT: 'It was issued by an authority this machine does not know.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'It was issued by an authority this machine does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'It was issued by an authority this machine does not know.',
  CERT_HAS_EXPIRED: 'It has expired.',
  CERT_NOT_YET_VALID: 'It is not valid yet.',
  CERT_REVOKED: 'It was revoked.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It names another host.',
};

function reasonOf(problem: string | null): string {
  if (problem === null) return '';
  return REASONS[problem] ?? `It was not verified (${visibleText(problem).slice(0, 100)}).`;
}
