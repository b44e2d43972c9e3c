import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { CoreHost } from '../../app/core-host.ts';
import { readWindowFiles } from '../window-files.ts';
import { answerRequest, type FaceContext, hasSession } from './answer-request.ts';
import { relay } from './relay.ts';
import { isOwnHost, isOwnOrigin } from './request-guard.ts';
import { digestOf, Sessions } from './sessions.ts';

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
  /** A fresh address that opens one window, once: `http://127.0.0.1:PORT/?token=…`. */
  newAddress(lifetimeMs?: number): string;
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

/** Serves the window on this machine's own address only. Errors: `shell.port-busy`, `shell.window-missing`. */
export async function serve(options: ServeOptions): Promise<BrowserFace> {
  const files = await readWindowFiles(options.rendererFolder);
  const sessions = new Sessions(options.now);
  const server = createServer();
  const port = await listen(server, options.port);
  const addressKey = randomBytes(32).toString('base64url');
  const newAddress = (lifetimeMs?: number) =>
    `http://${LOOPBACK}:${port}/?token=${sessions.newToken(lifetimeMs)}`;
  const face: FaceContext = {
    port,
    sessions,
    files,
    addressFor: (authorization) => (isBearer(authorization, addressKey) ? newAddress() : null),
  };
  server.on('request', (request, response) => answerRequest(request, response, face));
  const sockets = acceptWindows(server, face, options);
  return { port, newAddress, addressKey, close: () => closeAll(server, sockets) };
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
  return request.url === '/rpc' ? null : 404;
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function isBearer(authorization: string | undefined, key: string): boolean {
  return timingSafeEqual(digestOf(authorization ?? ''), digestOf(`Bearer ${key}`));
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
