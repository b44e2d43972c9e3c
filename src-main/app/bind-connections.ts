import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { os } from './core-parts.ts';

/** Connections to managers: set up, tested, watched. */
export function bindConnections() {
  const of = os.connections;
  return {
    list: of.list.handler(() => []),
    sshHosts: of.sshHosts.handler(() => []),
    test: of.test.handler(refuse),
    save: of.save.handler(refuse),
    remove: of.remove.handler(refuse),
    reconnect: of.reconnect.handler(refuse),
    disconnect: of.disconnect.handler(refuse),
    acceptHostKey: of.acceptHostKey.handler(refuse),
    forgetHostKey: of.forgetHostKey.handler(refuse),
    acceptCertificate: of.acceptCertificate.handler(refuse),
    forgetCertificate: of.forgetCertificate.handler(refuse),
    answerPrompt: of.answerPrompt.handler(refuse),
    giveSecret: of.giveSecret.handler(refuse),
    probe: of.probe.handler(refuse),
    setPublishing: of.setPublishing.handler(refuse),
  };
}

function refuse(): never {
  throw new DomainError(
    'connections.no-such-profile',
    'There is no such connection.',
    'Reload the list of connections: it may have been removed in another window.',
  );
}
