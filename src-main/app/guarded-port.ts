import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';

/** A port as the contract's library takes it (the form of Electron's ports). */
export interface GuardedPort {
  on(event: string, callback: (event?: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/** Text only: no call of the contract carries binary parts. `t` absent or 1: a call; 3: an item of a stream; 4: abort. */
const envelope = z.union([
  z.object({
    i: z.union([z.string().max(100), z.number()]),
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().startsWith('/').max(2_000),
      m: z.string().max(10).optional(),
      h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
      b: z.unknown().optional(),
    }),
  }),
  z.object({
    i: z.union([z.string().max(100), z.number()]),
    t: z.literal([3, 4]),
    p: z.unknown().optional(),
  }),
]);

/**
 * Lets only whole messages of the contract's wire form through. The library would reject others where nobody can catch
 * it, which ends the thread: a window that speaks nonsense loses its own connection instead.
 */
export function guardPort(port: MessagePort, onNonsense: () => void): GuardedPort {
  return {
    on: (event, callback) => {
      port.on(event, (message: unknown) => {
        if (event !== 'message') return callback();
        if (isWholeMessage(message)) return callback({ data: message });
        onNonsense();
        port.close();
      });
    },
    postMessage: (message) => port.postMessage(message, []),
  };
}

function isWholeMessage(message: unknown): boolean {
  if (typeof message !== 'string') return false;
  try {
    return envelope.safeParse(JSON.parse(message)).success;
  } catch {
    return false;
  }
}
