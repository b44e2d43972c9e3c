import type { Endpoint, ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { AcceptedHostKeys } from '../../manager/ssh/accepted-host-keys.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { endpointsOf } from './endpoints.ts';
import type { AcceptedInForm } from './open-ways.ts';

interface Accepting {
  readonly draft: ProfileDraft;
  readonly accepted: AcceptedInForm;
}

type Tools = Pick<ConnectionTools, 'store' | 'offered' | 'clock'>;

/** Pins what was accepted in a form that is saved now. True when something new is trusted. */
export function pinAccepted({ draft, accepted }: Accepting, tools: Tools): boolean {
  const { hosts, api } = endpointsOf(draft);
  const arePinned = pinHostKeys(hosts, accepted, tools);
  const { certificates } = tools.store;
  if (!api || accepted.certificate === null || certificates.accepted(api.host, api.port)) return arePinned;
  certificates.accept(api.host, api.port, accepted.certificate, tools.clock.now());
  return true;
}

/** Only keys that these machines have shown. In the order of the way: see `AcceptedHostKey`. */
function pinHostKeys(
  hosts: readonly Endpoint[],
  { hostKeys }: AcceptedInForm,
  { store, offered, clock }: Tools,
): boolean {
  const accepted = new AcceptedHostKeys(hostKeys);
  const fingerprints = new Set(hostKeys.map((key) => (typeof key === 'string' ? key : key.fingerprint)));
  let isNew = false;
  for (const { host, port } of hosts) {
    const pinned = store.hostKeys.pinned(host, port);
    for (const fingerprint of fingerprints) {
      const known = pinned.find((key) => key.fingerprint === fingerprint);
      const key = known ?? offered.find(host, port, fingerprint);
      if (!key || !accepted.covers(key) || pinned.length > 0) continue;
      store.hostKeys.pin({ ...key, acceptedMs: clock.now() });
      isNew = true;
    }
  }
  return isNew;
}
