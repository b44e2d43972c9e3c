import { createServer, type Server, type Socket } from 'node:net';
import { listenOnLoopback } from '../control/listen.ts';

/** The network in front of a server: it can be cut, stalled, shut and slowed down. */
export class LabDoor {
  readonly #onSocket: (socket: Socket) => void;
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #port: number;
  #isStalled = false;
  #delayMs = 0;

  /** `port` 0: a free one. Errors: `lab.port-taken`. */
  static async open(port: number, onSocket: (socket: Socket) => void): Promise<LabDoor> {
    const door = new LabDoor(port, onSocket);
    await door.#listen();
    return door;
  }

  private constructor(port: number, onSocket: (socket: Socket) => void) {
    this.#port = port;
    this.#onSocket = onSocket;
    this.#server = createServer();
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Ends every connection without a word, as a killed server does. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** No byte passes any more in either direction, though the connections stay up; new ones are taken and get no answer. */
  stall(): void {
    this.#isStalled = true;
    for (const socket of this.#sockets) hold(socket);
  }

  /** Nobody listens, and whoever was connected is cut off. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cut();
    await closed;
  }

  /** Every answer takes so much longer. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  async recover(): Promise<void> {
    this.#delayMs = 0;
    if (this.#isStalled) {
      this.#isStalled = false;
      for (const socket of this.#sockets) release(socket);
    }
    if (!this.#server.listening) await this.#listen();
  }

  /** To be awaited before an answer; no promise where there is no delay, so that nothing is reordered or slowed. */
  delay(): Promise<void> | null {
    const delayMs = this.#delayMs;
    if (delayMs === 0) return null;
    return new Promise((resolve) => setTimeout(resolve, delayMs).unref());
  }

  close(): Promise<void> {
    return this.refuse();
  }

  async #listen(): Promise<void> {
    // Small packets must not wait for each other: the other half of it is the client's.
    const server = createServer({ noDelay: true }, (socket) => this.#take(socket));
    this.#port = await listenOnLoopback(server, this.#port);
    this.#server = server;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // A client that goes away without a word is no trouble of the lab's.
    socket.on('error', () => socket.destroy());
    this.#onSocket(socket);
    if (this.#isStalled) hold(socket);
  }
}

function hold(socket: Socket): void {
  socket.cork();
  socket.pause();
}

function release(socket: Socket): void {
  socket.uncork();
  socket.resume();
}
