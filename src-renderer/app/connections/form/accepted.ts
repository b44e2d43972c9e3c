import { isSameEndpoint, type Endpoint } from '../../../../src-shared/domain/connection-profile.ts';
import type { OfferedCertificate, OfferedHostKey } from '../../../../src-shared/ipc/connections.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { DraftInput } from './draft-input.ts';

type AcceptedPrint = Endpoint & { readonly fingerprint: string };

/** What a person accepted in the form, each for the machine that showed it. */
export interface Accepted {
  readonly hostKeys: readonly AcceptedPrint[];
  readonly certificate: AcceptedPrint | null;
}
export const NOTHING_ACCEPTED: Accepted = { hostKeys: [], certificate: null };

export function withHostKey(accepted: Accepted, offered: OfferedHostKey): Accepted {
  const others = accepted.hostKeys.filter((known) => !isSameEndpoint(known, offered));
  return { ...accepted, hostKeys: [...others, printOf(offered)] };
}

export function withCertificate(accepted: Accepted, offered: OfferedCertificate): Accepted {
  return { ...accepted, certificate: printOf(offered) };
}

/** As the form names its API now: a certificate that was accepted for another address is dropped. */
export function withApiAddress(accepted: Accepted, apiUrl: string): Accepted {
  const api = apiEndpoint(apiUrl);
  const { certificate } = accepted;
  if (certificate === null || (api !== null && isSameEndpoint(certificate, api))) return accepted;
  return { ...accepted, certificate: null };
}

/** As the contract takes it: only what belongs to a machine of this draft, so that earlier tries of other hosts do not pile up. */
export function acceptedInput(accepted: Accepted, { ssh, api }: DraftInput['draft']) {
  const machines = ssh ? [...ssh.jumps, ssh] : [];
  const { certificate } = withApiAddress(accepted, api?.url ?? '');
  return {
    hostKeys: accepted.hostKeys.filter((key) => machines.some((machine) => isSameEndpoint(machine, key))),
    certificate: certificate?.fingerprint ?? null,
  };
}

function printOf({ host, port, fingerprint }: AcceptedPrint): AcceptedPrint {
  return { host, port, fingerprint };
}
