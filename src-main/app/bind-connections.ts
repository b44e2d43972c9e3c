import { sshConfigHosts } from '../manager/ssh/ssh-config-hosts.ts';
import { os, type CoreParts } from './core-parts.ts';

/** Connections to managers: set up, tested, watched. */
export function bindConnections({ connections }: CoreParts) {
  const of = os.connections;
  return {
    list: of.list.handler(() => connections.list()),
    sshHosts: of.sshHosts.handler(() => sshConfigHosts()),
    test: of.test.handler(({ input, signal }) =>
      connections.test(input, signal ?? new AbortController().signal),
    ),
    save: of.save.handler(async ({ input }) => ({ profileId: await connections.save(input) })),
    remove: of.remove.handler(({ input }) => connections.remove(input.profileId)),
    reconnect: of.reconnect.handler(({ input }) => connections.reconnect(input.profileId)),
    disconnect: of.disconnect.handler(({ input }) => connections.disconnect(input.profileId)),
    acceptHostKey: of.acceptHostKey.handler(({ input: { host, port, fingerprint } }) =>
      connections.acceptHostKey(host, port, fingerprint),
    ),
    forgetHostKey: of.forgetHostKey.handler(({ input: { host, port } }) =>
      connections.forgetHostKey(host, port),
    ),
    acceptCertificate: of.acceptCertificate.handler(({ input: { profileId, fingerprint } }) =>
      connections.acceptCertificate(profileId, fingerprint),
    ),
    forgetCertificate: of.forgetCertificate.handler(({ input }) =>
      connections.forgetCertificate(input.profileId),
    ),
    answerPrompt: of.answerPrompt.handler(({ input: { promptId, answers } }) =>
      connections.answerPrompt(promptId, answers),
    ),
    giveSecret: of.giveSecret.handler(({ input: { profileId, secret, value, keep } }) =>
      connections.giveSecret(profileId, secret, value, keep),
    ),
    probe: of.probe.handler(({ input }) => connections.probe(input.profileId)),
    setPublishing: of.setPublishing.handler(({ input: { profileId, publishing } }) =>
      connections.setPublishing(profileId, publishing),
    ),
  };
}
