import { createORPCClient } from '@orpc/client';
import type { ContractClient } from '../../src-shared/ipc/index.ts';
import { Connection } from './connection.ts';
import { PortTransport } from './port-transport.ts';
import type { Transport } from './transport.ts';
import { WebSocketTransport } from './websocket-transport.ts';

/** The window's end of the contract: what it can ask, and whether anybody answers. */
export interface Backend {
  readonly client: ContractClient;
  readonly connection: Connection;
}

export function openBackend(transport: Transport): Backend {
  const connection = new Connection(transport);
  return { client: createORPCClient<ContractClient>(connection), connection };
}

/** The page's own scheme tells the face: a desktop window is served from `verdict-desk:`, a browser's over HTTP. */
export function transportFor(location: Pick<Location, 'protocol' | 'href'>): Transport {
  if (location.protocol === 'verdict-desk:') return new PortTransport();
  return new WebSocketTransport(socketAddress(location.href));
}

/** Beside the page: the cookie that lets the window in is sent nowhere else. */
export function socketAddress(page: string): string {
  const address = new URL('rpc', page);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
