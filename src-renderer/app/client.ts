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
export function transportFor(location: Pick<Location, 'protocol' | 'host'>): Transport {
  if (location.protocol === 'verdict-desk:') return new PortTransport();
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocketTransport(`${scheme}//${location.host}/rpc`);
}
