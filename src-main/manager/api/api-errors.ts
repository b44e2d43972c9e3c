import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ConnectionNeed, OfferedCertificate } from '../../../src-shared/ipc/connections.ts';

/** A failure of the API that only a person can end; `need` says by what. */
export class ApiNeedsPerson extends DomainError {
  readonly need: ConnectionNeed;

  constructor(code: string, message: string, remedy: string, need: ConnectionNeed) {
    super(code, message, remedy);
    this.need = need;
  }
}

/** A failure that ends by itself. */
export class ApiMustWait extends DomainError {
  /** Epoch milliseconds from which on it is worth asking again. */
  readonly retryAtMs: number;

  constructor(code: string, message: string, remedy: string, retryAtMs: number) {
    super(code, message, remedy);
    this.retryAtMs = retryAtMs;
  }
}

/** What the API itself answered in place of what was asked (wazuh.md 7.3). */
export class ApiRefusal extends DomainError {
  /** HTTP status. */
  readonly status: number;
  /** The API's own number (1701, 4000, …); null when it gave none. */
  readonly apiCode: number | null;

  constructor(
    code: string,
    message: string,
    remedy: string,
    answer: { readonly status: number; readonly apiCode: number | null },
  ) {
    super(code, message, remedy);
    this.status = answer.status;
    this.apiCode = answer.apiCode;
  }
}

export function certificateUnknown(offered: OfferedCertificate): ApiNeedsPerson {
  return new ApiNeedsPerson(
    'api.certificate-unknown',
    `The certificate of ${offered.host} is not known. ${offered.reason} Nothing was sent.`,
    'Compare its SHA-256 fingerprint with the one on the manager (openssl x509 -noout -fingerprint -sha256 -in /var/ossec/api/configuration/ssl/server.crt), then accept it.',
    { kind: 'certificate-unknown', offered },
  );
}

export function certificateChanged(offered: OfferedCertificate, knownFingerprint: string): ApiNeedsPerson {
  return new ApiNeedsPerson(
    'api.certificate-changed',
    `${offered.host} shows a different certificate from the one you accepted. Nothing was sent.`,
    'If the certificate was renewed, compare the new fingerprint on the manager, forget the old one and accept the new one. If not, someone may be in between.',
    { kind: 'certificate-changed', offered, knownFingerprint },
  );
}

export function signInRefused(user: string): ApiNeedsPerson {
  return new ApiNeedsPerson(
    'api.sign-in-refused',
    `The API does not accept the password of ${user}.`,
    'Enter the password again, or name another API user. It is not tried again until then, so that the manager does not lock this machine out.',
    { kind: 'secret', secret: 'api-password', wasRefused: true },
  );
}

export function noPassword(user: string): ApiNeedsPerson {
  return new ApiNeedsPerson(
    'api.no-password',
    `No password is kept for the API user ${user}.`,
    'Enter the password of that user.',
    { kind: 'secret', secret: 'api-password', wasRefused: false },
  );
}

export function lockedOut(host: string, retryAtMs: number): ApiMustWait {
  return new ApiMustWait(
    'api.locked-out',
    `The API of ${host} does not let this machine sign in for five minutes: too many sign-ins were refused.`,
    'Signing in goes on by itself afterwards. Find out what else on this machine signs in with a wrong password.',
    retryAtMs,
  );
}

export function rateLimited(host: string, retryAtMs: number): ApiMustWait {
  return new ApiMustWait(
    'api.rate-limited',
    `The API of ${host} takes no more requests this minute; all its users share them.`,
    'Asking goes on by itself within a minute.',
    retryAtMs,
  );
}

export function cancelled(): DomainError {
  return new DomainError('api.cancelled', 'The request to the API was given up.', 'Ask again.');
}

export function timedOut(host: string, timeoutMs: number): DomainError {
  return new DomainError(
    'api.timeout',
    `The API of ${host} did not answer within ${Math.round(timeoutMs / 100) / 10} seconds.`,
    'The manager may be busy or restarting. Try again; if it stays so, look at its logs/api.log.',
  );
}

export function stillBusy(host: string): DomainError {
  return new DomainError(
    'api.timeout',
    `The API of ${host} was still busy with earlier requests when the time for this one was over.`,
    'The manager may be busy or restarting. Try again; if it stays so, look at its logs/api.log.',
  );
}

export function unreadable(host: string, detail: string): DomainError {
  return new DomainError(
    'api.unreadable',
    `What ${host} answered is not the answer of a Wazuh API: ${detail}`,
    'Check the address and the port of the API (55000 by default), and whether a proxy or portal stands in between.',
  );
}
