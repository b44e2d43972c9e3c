import { hostname } from 'node:os';
import type { ConnectionProfile, ProfileSecret } from '../../../src-shared/domain/connection-profile.ts';
import type { AcceptedHostKey } from '../../../src-shared/ipc/connections.ts';
import { redactor } from '../../log/redactor.ts';
import type { CertificateStore } from '../../manager/api/certificate-store.ts';
import type { ApiPorts } from '../../manager/api/wazuh-client.ts';
import { LocalHost } from '../../manager/host/local-host.ts';
import type { RootAccess } from '../../manager/host/root-access.ts';
import { createHostKeyTrust } from '../../manager/ssh/host-key-trust.ts';
import { secretName, type SshPorts } from '../../manager/ssh/ssh-ports.ts';
import type { WayTools } from './connection-tools.ts';

/** Gives a secret by its name, or null when none is known. */
export type SecretLookup = (secret: ProfileSecret) => Promise<string | null>;

/** What a person has just accepted in a form: good for what is unknown, never for what has changed. */
export interface AcceptedInForm {
  readonly hostKeys: readonly AcceptedHostKey[];
  readonly certificate: string | null;
}
const NOTHING_ACCEPTED: AcceptedInForm = { hostKeys: [], certificate: null };

export function sshPorts(
  tools: WayTools,
  secretOf: SecretLookup,
  { hostKeys }: AcceptedInForm = NOTHING_ACCEPTED,
): Omit<SshPorts, 'ask' | 'refused'> {
  const { clock, store, offered, surroundings } = tools;
  const { knownHostsFiles } = surroundings;
  return {
    ...surroundings.ssh,
    clock,
    trust: createHostKeyTrust({
      store: store.hostKeys,
      offered,
      accepted: hostKeys,
      // So that saving the form finds what its test let through.
      onAccepted: (key) => offered.remember(key),
      now: () => clock.now(),
      ...(knownHostsFiles && { files: knownHostsFiles }),
    }),
    secretFor: (hop, kind) => secretOf(secretName(hop, kind)),
  };
}

export function apiPorts(
  tools: WayTools,
  secretOf: SecretLookup,
  { certificate }: AcceptedInForm = NOTHING_ACCEPTED,
): ApiPorts {
  const { clock, store, limits, surroundings } = tools;
  const certificates: Pick<CertificateStore, 'accepted'> = {
    accepted: (host, port) =>
      store.certificates.accepted(host, port) ??
      (certificate === null ? null : { fingerprint: certificate, acceptedMs: clock.now() }),
  };
  return {
    certificates,
    clock,
    limits,
    password: () => secretOf('api-password'),
    keepSecret: (text) => redactor.register(text),
    keepToken: (text) => redactor.registerPassing(text),
    ...(surroundings.environment && { environment: surroundings.environment }),
  };
}

export function rootAccess(
  { elevation }: Pick<ConnectionProfile, 'elevation'>,
  secretOf: SecretLookup,
): RootAccess {
  return { elevation, sudoPassword: () => secretOf('sudo-password') };
}

export function openLocalHost(
  profile: Pick<ConnectionProfile, 'elevation'>,
  secretOf: SecretLookup,
): LocalHost {
  return new LocalHost(hostname(), rootAccess(profile, secretOf));
}
