import type { MessagePort } from 'node:worker_threads';
import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { toWireError } from '../../src-shared/errors/domain-error.ts';
import type { Core } from './compose.ts';
import { guardPort } from './guarded-port.ts';

/** Answers the contract on a port until it closes. Every argument is parsed before a handler sees it. */
export function serveContract(port: MessagePort, core: Core): void {
  const handler = new RPCHandler(core.handlers, {
    clientInterceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          throw translate(error, call.path.join('.'), core);
        }
      },
    ],
  });
  const guarded = guardPort(port, () => core.log.warn('contract.nonsense'));
  handler.upgrade(guarded, { context: {} });
  port.start();
}

/** Argument errors of the contract itself pass; all others arrive as `DOMAIN` with what to read and what to do. */
function translate(error: unknown, procedure: string, core: Core): unknown {
  if (error instanceof ORPCError) return error;
  const reference = `${procedure} at ${new Date().toISOString()}`;
  const data = toWireError(error, reference);
  if (data.code === 'unexpected') core.log.error('contract.unexpected', { reference, error });
  return new ORPCError('DOMAIN', { defined: true, message: data.message, data });
}
