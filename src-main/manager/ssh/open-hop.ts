import type { Duplex } from 'node:stream';
import { Client, type AnyAuthMethod } from 'ssh2';
import { algorithmsFor } from './algorithms.ts';
import { Deadline } from './deadline.ts';
import { hostKeyFailure } from './host-key-failures.ts';
import type { HostKeyExpectation } from './host-key-trust.ts';
import { useKeyObjects } from './key-object.ts';
import {
  closedByServer,
  handshakeFailed,
  handshakeTimedOut,
  noCommonAlgorithm,
  notSsh,
  reachFailure,
} from './reach-failures.ts';
import { SignIn } from './sign-in.ts';
import { passwordExpired, promptUnanswered } from './sign-in-failures.ts';
import { cancelled, SshFailure, type HopAt, type SshStep } from './ssh-failure.ts';
import { timingsOf, type SshPorts } from './ssh-ports.ts';

export interface OpenHopOptions {
  readonly at: HopAt;
  readonly stream: Duplex;
  readonly allowsLegacy: boolean;
  readonly ports: SshPorts;
  readonly signal: AbortSignal;
  readonly onStep: (step: SshStep) => void;
}

/**
 * Speaks SSH on a stream: host key first, nothing is sent before it is accepted, then signing in. The stream is closed
 * when it comes to nothing, for whatever reason.
 */
export async function openHop(options: OpenHopOptions): Promise<Client> {
  const { at, ports, signal, stream } = options;
  try {
    const expectation = await ports.trust.expect(at.hop.host, at.hop.port);
    if (signal.aborted) throw cancelled();
    return await signInOver(options, expectation);
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

function signInOver(options: OpenHopOptions, expectation: HostKeyExpectation): Promise<Client> {
  const { at, ports, signal } = options;
  return new Promise((resolve, reject) => {
    const client = new Client();
    useKeyObjects(client);
    const over = new AbortController();
    const settle = (): boolean => {
      if (over.signal.aborted) return false;
      deadline.end();
      signal.removeEventListener('abort', onAbort);
      over.abort();
      return true;
    };
    const fail = (reason: Error) => {
      if (!settle()) return;
      reject(reason);
      client.end();
    };
    const onAbort = () => fail(cancelled());
    signal.addEventListener('abort', onAbort);
    const { handshakeMs, keepaliveMs, keepaliveCount } = timingsOf(ports);
    const deadline = new Deadline(ports.clock, handshakeMs, () =>
      fail(handshakeTimedOut(at, Math.round(handshakeMs / 1_000))),
    );
    const signIn = new SignIn({ ...options, deadline, signal: over.signal, giveUp: fail });

    // A server that does not wait for the answer would ask anew, and send codes, as long as nobody is there.
    const lose = (failure: SshFailure) => fail(signIn.isAsking ? promptUnanswered(at) : failure);

    client
      .on('error', (error) => {
        if (isPassing(error)) signIn.note(error);
        else lose(translate(error, options, signIn));
      })
      .on('close', () => lose(closedByServer(at, '')))
      .on('change password', () => fail(passwordExpired(at)))
      .on('ready', () => {
        client.setNoDelay(true);
        if (!settle()) return;
        options.onStep('sign-in');
        resolve(client);
      });
    try {
      client.connect({
        sock: options.stream,
        username: at.hop.user,
        algorithms: algorithmsFor(expectation.keyTypes, options.allowsLegacy),
        hostVerifier: (key: Buffer) => {
          const judgement = expectation.judge(key);
          if (judgement.kind !== 'accepted') {
            fail(hostKeyFailure(at, judgement));
            return false;
          }
          // Asked again at each change of keys of a running connection.
          if (!over.signal.aborted) options.onStep('host-key');
          return true;
        },
        authHandler: (offered: readonly string[] | null, isPartial: boolean | null, next) => {
          void sendNext(signIn.next(offered, isPartial === true), next, fail);
        },
        keepaliveInterval: keepaliveMs,
        keepaliveCountMax: keepaliveCount,
        // Own limits: ssh2's would run on while a person is asked.
        readyTimeout: 0,
      });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

async function sendNext(
  upcoming: Promise<AnyAuthMethod | SshFailure>,
  next: (method: AnyAuthMethod) => void,
  fail: (reason: Error) => void,
): Promise<void> {
  try {
    const method = await upcoming;
    if (method instanceof SshFailure) fail(method);
    else next(method);
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
}

/** ssh2 reports a key that did not sign as an error and goes on with the next way. */
const isPassing = (error: Error): boolean => {
  const level = levelOf(error);
  return level === 'agent' || level === 'client-authentication';
};

function levelOf(error: Error): unknown {
  return 'level' in error ? error.level : null;
}

function translate(error: Error, { at, allowsLegacy }: OpenHopOptions, signIn: SignIn): SshFailure {
  const said = error.message;
  if (levelOf(error) === 'handshake') {
    return said.includes('no matching')
      ? noCommonAlgorithm(at, allowsLegacy, said, error)
      : handshakeFailed(at, said, error);
  }
  if (/^(?:Invalid identification|Invalid header|Header line|Max greeting)/.test(said))
    return notSsh(at, error);
  if (/too many authentication failures/i.test(said)) return signIn.cutOff();
  if (said === 'Connection lost before handshake') return closedByServer(at, '', error);
  const code = 'code' in error ? error.code : null;
  // SSH_MSG_DISCONNECT: a number, and the server's words.
  if (typeof code === 'number') return closedByServer(at, said, error);
  return levelOf(error) === 'client-socket' ? reachFailure(at, error) : handshakeFailed(at, said, error);
}
