import {
  isSameEndpoint,
  type ConnectionProfile,
  type ProfileSecret,
} from '../../../src-shared/domain/connection-profile.ts';
import type {
  AcceptedHostKey,
  ConnectionCheck,
  ConnectionNeed,
  ProfileSecretsInput,
} from '../../../src-shared/ipc/connections.ts';
import { testConnection, type TestRequest } from '../../app/connections/test-connection.ts';
import { joinSecrets } from '../given-secrets.ts';
import type { Person } from './person.ts';

export interface Trial {
  readonly request: TestRequest;
  /** Secrets for the trial alone: they come before nothing that was entered. */
  readonly fromEnvironment: ProfileSecretsInput;
  /** The profile that is tried again; null for a new one. */
  readonly before: ConnectionProfile | null;
}

export interface Tried {
  readonly checks: readonly ConnectionCheck[];
  /** With everything a person added meanwhile. */
  readonly request: TestRequest;
}

/** Tries a connection, and again each time the person at the terminal gave what was missing. Errors: `manager.cancelled`, `api.cancelled`. */
export async function tryDraft(
  { request, fromEnvironment, before }: Trial,
  tools: Parameters<typeof testConnection>[2]['tools'],
  { person, signal }: { readonly person: Person; readonly signal: AbortSignal },
): Promise<Tried> {
  const prompts = { ask: person.answer.bind(person) };
  const withSecrets = { ...request, secrets: joinSecrets(fromEnvironment, request.secrets) };
  const checks = await testConnection(withSecrets, before, { tools, prompts, signal });
  const need = checks.find(({ need: one, outcome }) => one !== null && outcome !== 'ok')?.need ?? null;
  const answered = need && !signal.aborted ? await supply(need, request, person) : null;
  if (!answered) return { checks, request };
  return tryDraft({ request: answered, fromEnvironment, before }, tools, { person, signal });
}

/** The request with what the need asked for; null when nobody gives it. */
async function supply(
  need: ConnectionNeed,
  request: TestRequest,
  person: Person,
): Promise<TestRequest | null> {
  const { accepted } = request;
  switch (need.kind) {
    case 'host-key-unknown': {
      const { host, port, fingerprint } = need.offered;
      const key = { host, port, fingerprint };
      if (accepted.hostKeys.some((known) => isSameKey(known, key))) return null;
      if (!(await person.acceptsHostKey(need.offered))) return null;
      return { ...request, accepted: { ...accepted, hostKeys: [...accepted.hostKeys, key] } };
    }
    case 'certificate-unknown': {
      const { fingerprint } = need.offered;
      if (accepted.certificate === fingerprint || !(await person.acceptsCertificate(need.offered)))
        return null;
      return { ...request, accepted: { ...accepted, certificate: fingerprint } };
    }
    case 'secret': {
      const value = await person.secret(need.secret, need.wasRefused);
      return value === null ? null : { ...request, secrets: withSecret(request.secrets, need.secret, value) };
    }
    case 'host-key-changed':
    case 'certificate-changed':
    case 'prompt':
      return null;
  }
}

/** Asked for anew although this very machine's key was accepted: another yes would change nothing. */
function isSameKey(known: AcceptedHostKey, key: Exclude<AcceptedHostKey, string>): boolean {
  if (typeof known === 'string') return false;
  return known.fingerprint === key.fingerprint && isSameEndpoint(known, key);
}

function withSecret(secrets: ProfileSecretsInput, secret: ProfileSecret, value: string): ProfileSecretsInput {
  const [, place, kind] = /^jump-(\d)-(password|passphrase)$/.exec(secret) ?? [];
  if (place === undefined || kind === undefined) return { ...secrets, [secret]: value };
  const jumps = Array.from({ length: Math.max(Number(place) + 1, secrets.jumps?.length ?? 0) }, (_, at) => {
    const known = secrets.jumps?.[at] ?? {};
    return at === Number(place) ? { ...known, [kind]: value } : known;
  });
  return { ...secrets, jumps };
}
