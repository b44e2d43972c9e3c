import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { CoreHost } from '../../app/core-host.ts';
import { readWindowFiles } from '../window-files.ts';
import { isProof, proveAnswer, proveQuestion } from './address-proof.ts';
import { answerRequest, type FaceContext, type FreshAddress, hasSession } from './answer-request.ts';
import { relay } from './relay.ts';
import { isOwnHost, isOwnOrigin } from './request-guard.ts';
import { Sessions, type TokenOptions } from './sessions.ts';

export interface ServeOptions {
  readonly core: Pick<CoreHost, 'connect'>;
  /** 0 picks a free one. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly now?: () => number;
  readonly pingEveryMs?: number;
}

export interface BrowserFace {
  readonly port: number;
  /** The path that everything of the window lies below, `/…/`. */
  readonly place: string;
  /** A fresh address that opens one window, once: `http://127.0.0.1:PORT/PLACE/?token=…`. */
  newAddress(): string;
  /** The same for a command line that others can read: short-lived, for this user's own processes, without the place. */
  newExposedAddress(): string;
  /** What a second start of the same user needs to ask this one for an address (`POST /address`). */
  readonly addressKey: string;
  /** Ends every connection; resolves when the port is free again. */
  close(): Promise<void>;
}

/** Nobody outside this machine reaches the face; there is no option for another address. */
const LOOPBACK = '127.0.0.1';
/** The largest call is a piece of a dropped file: 1 MiB, a third more in base64, and its envelope. */
const MOST_BYTES_A_CALL = 1.5 * 1024 * 1024;
const MOST_CONNECTIONS = 256;
/** Long enough for a browser to start. */
const EXPOSED_LIFETIME_MS = 60_000;

/** Serves the window on this machine's own address only. Errors: `shell.port-busy`, `shell.window-missing`. */
export async function serve(options: ServeOptions): Promise<BrowserFace> {
  const files = await readWindowFiles(options.rendererFolder);
  const sessions = new Sessions(options.now);
  const server = createServer();
  const port = await listen(server, options.port);
  const addressKey = randomBytes(32).toString('base64url');
  const place = `/${randomBytes(16).toString('base64url')}/`;
  const addressAt = (path: string, options?: TokenOptions) =>
    `http://${LOOPBACK}:${port}${path}?token=${sessions.newToken(options)}`;
  const newAddress = () => addressAt(place);
  const newExposedAddress = () => addressAt('/', { lifetimeMs: EXPOSED_LIFETIME_MS, isExposed: true });
  const face: FaceContext = {
    port,
    place,
    sessions,
    files,
    answerOurs: (authorization, isExposed) =>
      answerOurs(authorization, addressKey, isExposed ? newExposedAddress : newAddress),
  };
  server.on('request', (request, response) => answerRequest(request, response, face));
  const sockets = acceptWindows(server, face, options);
  return {
    port,
    place,
    newAddress,
    newExposedAddress,
    addressKey,
    close: () => closeAll(server, sockets),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.maxConnections = MOST_CONNECTIONS;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port)));
  server.listen({ host: LOOPBACK, port, exclusive: true }, () => resolve(portOf(server.address())));
  return promise;
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('The server has no port of its own.');
}

function acceptWindows(server: Server, face: FaceContext, options: ServeOptions): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES_A_CALL });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refusal = refuseUpgrade(request, face);
    if (refusal !== null) return refuse(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      relay(socket, options.core.connect(), options.pingEveryMs);
    });
  });
  return sockets;
}

/** Browsers let any page open a WebSocket to any host: Origin and session are the only doors here. */
function refuseUpgrade(request: IncomingMessage, face: FaceContext): number | null {
  if (!isOwnHost(request.headers.host, face.port)) return 421;
  if (!isOwnOrigin(request.headers)) return 403;
  if (!hasSession(request, face)) return 401;
  return request.url === `${face.place}rpc` ? null : 404;
}

/** Cut once the answer is out: a stream that left HTTP has no time limit, and a stranger could hold it half open. */
function refuse(stream: Duplex, status: number): void {
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** `Verdict-Desk NONCE PROOF`: the proof needs the key, and so does the one that goes back. */
function answerOurs(
  authorization: string | undefined,
  key: string,
  newAddress: () => string,
): FreshAddress | null {
  const [, nonce, proof] = /^Verdict-Desk ([\w-]{22,64}) ([\w-]{43})$/.exec(authorization ?? '') ?? [];
  if (nonce === undefined || proof === undefined) return null;
  if (!isProof(proof, proveQuestion(key, nonce))) return null;
  const address = newAddress();
  return { address, proof: proveAnswer(key, nonce, address) };
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const gone = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  await Promise.all([closed, ...gone]);
}

function cannotListen(error: NodeJS.ErrnoException, port: number): DomainError {
  if (error.code === 'EADDRINUSE') {
    return new DomainError(
      'shell.port-busy',
      `Port ${port} on this machine is in use by another program.`,
      'Name another one with --port, or leave the option out to use a free one.',
      error,
    );
  }
  return new DomainError(
    'shell.cannot-listen',
    `Port ${port} on this machine cannot be used (${error.code ?? error.message}).`,
    'Name a port of 1024 or above with --port, or leave the option out to use a free one.',
    error,
  );
}
