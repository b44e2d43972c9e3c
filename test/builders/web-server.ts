import { createServer, type IncomingMessage, type RequestListener } from 'node:http';

export interface WebServer {
  readonly url: string;
  readonly port: number;
  /** What was asked so far. */
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** A server on a free port of this machine that answers as told. */
export async function startWebServer(listener: RequestListener): Promise<WebServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
