import { createServer } from 'node:http';
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
