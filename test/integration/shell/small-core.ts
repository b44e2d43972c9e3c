import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { eventIterator, ORPCError, os, type RouterClient, type } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { z } from 'zod';
import type { CoreHost } from '../../../src-main/app/core-host.ts';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';

const base = os.errors({ DOMAIN: { data: type<WireError>() } });

/** Just enough of a contract to prove a transport: an answer, a typed error, a stream, bytes. */
const smallRouter = {
  add: base.input(z.object({ a: z.number(), b: z.number() })).handler(({ input }) => input.a + input.b),
  refuse: base.handler(() => {
    const data = { code: 'store.newer-schema', message: 'The store is newer.', remedy: 'Update the app.' };
    throw new ORPCError('DOMAIN', { defined: true, message: data.message, data });
  }),
  count: base.output(eventIterator(type<number>())).handler(async function* () {
    for (const number of [1, 2, 3]) yield number;
  }),
  size: base.input(type<File>()).handler(({ input }) => input.size),
};

export type SmallClient = RouterClient<typeof smallRouter>;

export interface SmallCore extends CoreHost {
  /** Connections that are open now. */
  readonly connections: ReadonlySet<MessagePort>;
  /** Ends every connection from the core's side, as a core that failed does. */
  readonly fail: (error: Error) => void;
}

/** A core that answers the small contract over real message ports, in this thread. */
export function startSmallCore(): SmallCore {
  const handler = new RPCHandler(smallRouter);
  const connections = new Set<MessagePort>();
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  const closeAll = () => connections.forEach((port) => port.close());
  return {
    connections,
    failed,
    fail: (error) => {
      closeAll();
      resolve(error);
    },
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      connections.add(port2);
      port2.once('close', () => connections.delete(port2));
      handler.upgrade(port2);
      port2.start();
      return port1;
    },
    close: async () => closeAll(),
  };
}
