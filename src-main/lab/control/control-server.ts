import { createServer } from 'node:http';
import { listenOnLoopback, stopListening } from './listen.ts';
import { serveControl, type ControlRoute } from './serve-control.ts';

/** The lab's own door on the loopback: open while its VirusTotal refuses connections. */
export interface ControlServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startControlServer(
  routes: readonly ControlRoute[],
  port: number,
): Promise<ControlServer> {
  const server = createServer((request, response) => {
    // Fails only when the client hung up: there is nobody left to answer.
    serveControl(request, response, routes).catch(() => response.destroy());
  });
  const bound = await listenOnLoopback(server, port);
  return { url: `http://127.0.0.1:${bound}`, close: () => stopListening(server) };
}
