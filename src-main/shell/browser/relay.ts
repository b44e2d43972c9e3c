import type { MessagePort } from 'node:worker_threads';
import type { RawData, WebSocket } from 'ws';

const PING_EVERY_MS = 30_000;
/** A window that has not read this much is stuck (a suspended tab); it connects again when it wakes. */
const MOST_UNREAD_BYTES = 32 * 1024 * 1024;

/** Close codes of RFC 6455: the core went away; the window does not keep up. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** Carries the contract's messages between one window and one port of the core, untouched; they close together. */
export function relay(socket: WebSocket, port: MessagePort, pingEveryMs: number = PING_EVERY_MS): void {
  const stopPinging = keepAlive(socket, pingEveryMs);
  socket.on('message', (data, isBinary) => port.postMessage(isBinary ? toBytes(data) : toText(data)));
  socket.on('error', () => socket.terminate());
  socket.once('close', () => {
    stopPinging();
    port.close();
  });
  port.on('message', (message: string | Uint8Array) => {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) return socket.close(TRY_AGAIN_LATER, 'not reading');
    socket.send(message);
  });
  port.once('close', () => socket.close(GOING_AWAY, 'the core has ended'));
}

/** Half-open connections (a lid closed, a tunnel gone) answer no ping: they are cut, and their port with them. */
function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** A copy of exactly these bytes: posting a pooled Buffer would copy its whole pool. */
function toBytes(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return Uint8Array.from(Array.isArray(data) ? Buffer.concat(data) : data);
}

function toText(data: RawData): string {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('utf8');
  return (Array.isArray(data) ? Buffer.concat(data) : data).toString('utf8');
}
