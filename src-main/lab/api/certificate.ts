import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

/** The API's key and certificate, both PEM. */
export interface LabCertificate {
  readonly key: string;
  readonly cert: string;
  /** Lower-case hex SHA-256, as a person compares it. */
  readonly fingerprint: string;
}

const TEN_YEARS_MS = 3650 * 86_400_000;

/** What the certificate says: the hosts it is for, and until when. */
export interface CertificateWish {
  readonly names?: readonly string[];
  readonly notAfter?: Date;
}

/** Signed by itself, as Wazuh's API makes its own at the first start. */
export async function makeCertificate(wish: CertificateWish = {}): Promise<LabCertificate> {
  // Only a lab that starts for the first time needs the maker of certificates.
  const { generate } = await import('selfsigned');
  const attributes = [
    { name: 'countryName', value: 'US' },
    { name: 'organizationName', value: 'Wazuh' },
    { name: 'commonName', value: 'lab-manager' },
  ];
  const notAfter = wish.notAfter ?? new Date(Date.now() + TEN_YEARS_MS);
  const made = await generate(attributes, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Math.min(Date.now(), notAfter.getTime()) - 86_400_000),
    notAfterDate: notAfter,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: (wish.names ?? ['localhost', '127.0.0.1']).map(alternative) },
    ],
  });
  return describe(made.private, made.cert);
}

function alternative(
  name: string,
): { readonly type: 2; readonly value: string } | { readonly type: 7; readonly ip: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}

/** The one kept in the folder, made at the first start; readable by its owner only. */
export async function keptCertificate(folder: string): Promise<LabCertificate> {
  const path = join(folder, 'api-certificate.pem');
  if (existsSync(path)) return split(readFileSync(path, 'utf8'));
  const made = await makeCertificate();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Beside and renamed: a lab that is killed here finds a whole certificate, or none.
  writeFileSync(`${path}.new`, made.key + made.cert, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return made;
}

function split(pem: string): LabCertificate {
  const at = pem.indexOf('-----BEGIN CERTIFICATE-----');
  return describe(pem.slice(0, at), pem.slice(at));
}

function describe(key: string, cert: string): LabCertificate {
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { key: `${key.trim()}\n`, cert: `${cert.trim()}\n`, fingerprint };
}
