import type { ApiAccess } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { CheckStep, ConnectionCheck, ProfileField } from '../../../src-shared/ipc/connections.ts';
import { ApiNeedsPerson } from './api-errors.ts';
import { apiInfo } from './manager-questions.ts';
import type { CertificateInUse, WazuhApi } from './wazuh-api.ts';
import { openWazuhApi, type ApiPorts } from './wazuh-client.ts';

const STEPS = ['api-reach', 'api-certificate', 'api-sign-in'] as const;
type ApiStep = (typeof STEPS)[number];

/**
 * Tries a draft: reaches the API, looks at its certificate, signs in once. Nothing is changed and nothing is kept; a
 * certificate that the form has accepted already is the business of `ports.certificates`. Errors: `api.cancelled`.
 */
export async function tryApi(
  access: ApiAccess,
  ports: ApiPorts,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly ConnectionCheck[] }> {
  let api: WazuhApi | null = null;
  try {
    api = openWazuhApi(access, ports);
    const info = await apiInfo(api, { signal, urgency: 'now' });
    const version = info.apiVersion === null ? '' : `, Wazuh ${info.apiVersion}`;
    return {
      checks: [REACHED, certificateCheck(api.certificate, ports.clock.now()), signedIn(access, version)],
    };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'api.cancelled') throw error;
    return {
      checks: checksAfter(error, { access, certificate: api?.certificate ?? null, nowMs: ports.clock.now() }),
    };
  } finally {
    await api?.close();
  }
}

const REACHED = passed('api-reach', 'api-url', 'The API is reached.');

function signedIn({ user }: ApiAccess, version: string): ConnectionCheck {
  return passed('api-sign-in', 'api-user', `Signed in as ${user}${version}.`);
}

/** Where a failure belongs: what stands before it went well, what stands behind it was not tried. */
function checksAfter(
  error: DomainError,
  found: {
    readonly access: ApiAccess;
    readonly certificate: CertificateInUse | null;
    readonly nowMs: number;
  },
): readonly ConnectionCheck[] {
  const place = PLACES[error.code] ?? { step: 'api-reach', field: 'api-url' };
  // The API answered: the user is known, only what was asked afterwards went wrong.
  if (SIGNED_IN.has(error.code)) {
    return [REACHED, certificateCheck(found.certificate, found.nowMs), signedIn(found.access, '')];
  }
  const failing = STEPS.indexOf(place.step);
  return STEPS.map((step, index) => {
    if (index === failing) return failed(error, place);
    if (index > failing) return skipped(step);
    // Nothing was sent: neither the address nor the certificate is known to be right.
    if (error.code === 'api.no-password' && !found.certificate)
      return skipped(step, 'Not tried without a password.');
    return step === 'api-certificate' ? certificateCheck(found.certificate, found.nowMs) : REACHED;
  });
}

interface Place {
  readonly step: ApiStep;
  readonly field: ProfileField;
}

const PLACES: Readonly<Record<string, Place>> = {
  'api.certificate-unknown': { step: 'api-certificate', field: 'api-url' },
  'api.certificate-changed': { step: 'api-certificate', field: 'api-url' },
  'api.sign-in-refused': { step: 'api-sign-in', field: 'api-password' },
  'api.no-password': { step: 'api-sign-in', field: 'api-password' },
  'api.locked-out': { step: 'api-sign-in', field: 'api-user' },
  'api.rate-limited': { step: 'api-sign-in', field: 'api-url' },
};

const SIGNED_IN = new Set(['api.forbidden']);

function certificateCheck(certificate: CertificateInUse | null, nowMs: number): ConnectionCheck {
  if (!certificate) {
    return passed('api-certificate', 'api-url', 'Not encrypted: the address is this machine itself.');
  }
  const how =
    certificate.trust === 'accepted' ? 'It is the certificate you accepted' : 'The certificate is trusted';
  const untilMs = Date.parse(certificate.validUntil);
  const day = certificate.validUntil.slice(0, 10);
  const words = untilMs < nowMs ? `; it expired on ${day}.` : `; it is valid until ${day}.`;
  return passed('api-certificate', 'api-url', how + words);
}

function passed(step: CheckStep, field: ProfileField, message: string): ConnectionCheck {
  return { step, outcome: 'ok', field, hop: null, message, remedy: '', need: null };
}

function failed(error: DomainError, { step, field }: Place): ConnectionCheck {
  const need = error instanceof ApiNeedsPerson ? error.need : null;
  const outcome = need && !(need.kind === 'secret' && need.wasRefused) ? 'needs-you' : 'failed';
  return { step, outcome, field, hop: null, message: error.message, remedy: error.remedy, need };
}

function skipped(
  step: CheckStep,
  message = 'Not tried, because of what went wrong before.',
): ConnectionCheck {
  return { step, outcome: 'skipped', field: null, hop: null, message, remedy: '', need: null };
}
