import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ClientContext, createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserFace, serve, type ServeOptions } from '../../../../src-main/shell/browser/serve.ts';
import { type SmallCore, type SmallClient, startSmallCore } from '../small-core.ts';
import { aWindowFolder } from '../window-folder.ts';

export interface ServedFace {
  readonly face: BrowserFace;
  readonly core: SmallCore;
}

/** A browser face on the small core, closed with the test. */
export async function aServedFace(options: Partial<ServeOptions> = {}): Promise<ServedFace> {
  const core = startSmallCore();
  const face = await serve({ core, port: 0, rendererFolder: aWindowFolder(), ...options });
  onTestFinished(() => face.close());
  return { face, core };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with exactly these headers and this path, which no browser and no fetch would send. */
export async function ask(
  face: BrowserFace,
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = httpRequest({ host: '127.0.0.1', port: face.port, path, method, headers });
  request.once('error', reject);
  request.once('response', (response) => {
    text(response).then(
      (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      reject,
    );
  });
  request.end();
  return promise;
}

export const pathOf = (address: string): string => {
  const url = new URL(address);
  return url.pathname + url.search;
};

/** Uses a fresh address and answers the cookie that came back, as a browser would send it. */
export async function aSession(face: BrowserFace): Promise<string> {
  const answer = await ask(face, pathOf(face.newAddress()));
  return cookieOf(answer);
}

export function cookieOf(answer: Answer): string {
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

export interface WindowSocketOptions {
  readonly path?: string;
  readonly cookie?: string;
  readonly origin?: string;
  readonly host?: string;
}

/** Opens the window's `rpc` as a page would; answers the socket, or the HTTP status it was refused with. */
export async function dial(face: BrowserFace, options: WindowSocketOptions): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${face.port}${options.path ?? `${face.place}rpc`}`, {
    headers: {
      ...(options.host === undefined ? {} : { Host: options.host }),
      ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
    },
    ...(options.origin === undefined ? {} : { origin: options.origin }),
  });
  onTestFinished(() => socket.terminate());
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket | number>();
  socket.once('open', () => resolve(socket));
  socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
  socket.once('error', reject);
  return promise;
}

export async function aWindowSocket(face: BrowserFace): Promise<WebSocket> {
  const cookie = await aSession(face);
  const socket = await dial(face, { cookie, origin: `http://127.0.0.1:${face.port}` });
  if (typeof socket === 'number') throw new Error(`The window was refused with ${socket}.`);
  return socket;
}

/** The small contract's client over a window's socket. */
export function clientOf(socket: WebSocket): SmallClient {
  return createORPCClient(linkOver(socket));
}

/** What a client of any contract sends its calls through. */
export function linkOver(socket: WebSocket): RPCLink<ClientContext> {
  const port = {
    on: (event: string, callback: (message?: { data: unknown }) => void) => {
      if (event === 'close') socket.on('close', () => callback());
      else
        socket.on('message', (data, isBinary) =>
          callback({ data: isBinary || !Buffer.isBuffer(data) ? data : data.toString('utf8') }),
        );
    },
    postMessage: (data: string | Uint8Array) => socket.send(data),
  };
  return new RPCLink({ port });
}
