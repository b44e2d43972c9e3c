import type { Socket } from 'node:net';

type Written = (error?: Error | null) => void;

/**
 * From now on what is written to a connected socket in one go leaves as one. ssh2 writes each of its packets in three
 * pieces: each would be a call of the system and a packet on the line of its own, and wake the other side for nothing.
 */
export function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket);
  let isGathering = false;
  const gather = (): void => {
    isGathering = true;
    socket.cork();
    process.nextTick(() => {
      isGathering = false;
      socket.uncork();
    });
  };
  // On the socket itself: `connect` takes back what a class of its own would say (node:net).
  socket.write = (bytes: Uint8Array | string, how?: BufferEncoding | Written, written?: Written): boolean => {
    if (!isGathering) gather();
    return typeof how === 'function' ? write(bytes, how) : write(bytes, how, written);
  };
}
