import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** Listens on this machine's loopback only; returns the port. Errors: `lab.port-taken`. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    throw new DomainError(
      'lab.port-taken',
      `The lab cannot listen on port ${port} of this machine.`,
      'Another program holds it, perhaps another lab. Close that one, or let the lab choose a free port.',
      error,
    );
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** Stops listening and drops the connections that are open. */
export async function stopListening(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await stopped;
}
