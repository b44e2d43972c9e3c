import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  getCACertificates,
  rootCertificates,
  type SecureContext,
} from 'node:tls';
import type { buildConnector } from 'undici';
import type { ApiAddress } from './api-address.ts';
import { checkCertificate } from './certificate-check.ts';
import type { CertificateStore } from './certificate-store.ts';
import { openTunnel } from './proxy.ts';
import type { CertificateInUse } from './wazuh-api.ts';

export interface ConnectorOptions {
  readonly address: ApiAddress;
  readonly certificates: Pick<CertificateStore, 'accepted'>;
  /** PEM certificates of authorities; this machine's own when absent. */
  readonly authorities: readonly string[] | undefined;
  readonly proxy: URL | null;
  readonly connectTimeoutMs: number;
  readonly onCertificate: (certificate: CertificateInUse) => void;
}

/**
 * Makes every connection to the API: direct or through a proxy, then TLS 1.2 or newer, then the check of the certificate.
 * undici gets the socket after the check only, so no header, and no password, leaves before it. Sessions are never
 * resumed: each connection shows its certificate.
 */
export function apiConnector(options: ConnectorOptions): buildConnector.connector {
  return (_target, callback) => void connectFor(callback, options);
}

async function connectFor(callback: buildConnector.Callback, options: ConnectorOptions): Promise<void> {
  let socket: Socket;
  try {
    socket = await open(options);
  } catch (error) {
    return callback(error instanceof Error ? error : new Error(String(error)), null);
  }
  callback(null, socket);
}

async function open(options: ConnectorOptions): Promise<Socket> {
  const limit = AbortSignal.timeout(options.connectTimeoutMs);
  const { address, proxy } = options;
  const socket = proxy ? await openTunnel(proxy, address, limit) : await reach(address, limit);
  // An API call is a small write that waits for its answer.
  socket.setNoDelay(true);
  return address.isTls ? secure(socket, options, limit) : socket;
}

function reach({ host, port }: ApiAddress, limit: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host, port });
  return ready(socket, 'connect', limit).then(() => socket);
}

async function secure(socket: Socket, options: ConnectorOptions, limit: AbortSignal): Promise<Socket> {
  const { address, certificates } = options;
  const secured = connectTls({
    socket,
    host: address.host,
    servername: isIP(address.host) === 0 ? address.host : '',
    secureContext: trustOf(options.authorities),
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // Node verifies chain, dates and name all the same and hands its finding over (`authorized`): a person may have
    // accepted a certificate that no authority signed, and its fingerprint is only known once the handshake is done.
    rejectUnauthorized: false,
  });
  await ready(secured, 'secureConnect', limit);
  const certificate = secured.getPeerX509Certificate();
  if (!certificate) {
    secured.destroy();
    throw Object.assign(new Error('The server showed no certificate.'), { code: 'ERR_TLS_NO_CERTIFICATE' });
  }
  const checked = checkCertificate(
    { certificate, problem: secured.authorized ? null : problemOf(secured.authorizationError) },
    address,
    certificates,
  );
  if (checked instanceof Error) {
    secured.destroy();
    throw checked;
  }
  options.onCertificate(checked);
  return secured;
}

/** Resolves at the event; rejects at an error, an end that comes first, or the time limit. */
function ready(socket: Socket, event: 'connect' | 'secureConnect', limit: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (end: () => void) => {
      limit.removeEventListener('abort', late);
      socket.off('error', fail).off('close', closed).off(event, done);
      end();
    };
    const done = () => give(resolve);
    const fail = (error: Error) => give(() => reject(error));
    const closed = () => fail(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' }));
    const late = () => {
      socket.once('error', () => undefined).destroy();
      fail(Object.assign(new Error('The connection took too long.'), { code: 'ETIMEDOUT' }));
    };
    socket.once('error', fail).once('close', closed).once(event, done);
    limit.addEventListener('abort', late, { once: true });
    if (limit.aborted) late();
  });
}

/** Node types it as an error and gives OpenSSL's or its own code as text. */
function problemOf(finding: unknown): string {
  if (finding instanceof Error) return 'code' in finding ? String(finding.code) : finding.message;
  return typeof finding === 'string' ? finding : 'unknown';
}

let machineTrust: SecureContext | null = null;

/** The authorities this machine trusts: Mozilla's, as Node carries them, and those the administrator installed. */
function trustOf(authorities: readonly string[] | undefined): SecureContext {
  if (authorities) return trusting([...authorities]);
  return (machineTrust ??= trusting(machineAuthorities()));
}

/** Electron's own TLS library may not be able to read the machine's store; then Mozilla's list stands alone. */
function machineAuthorities(): string[] {
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  } catch {
    return [...rootCertificates];
  }
}

function trusting(ca: string[]): SecureContext {
  return createSecureContext({ ca, minVersion: 'TLSv1.2' });
}
