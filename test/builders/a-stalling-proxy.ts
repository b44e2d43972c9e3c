import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A TCP proxy on loopback that can behave as bad networks do:
 *
 *     const proxy = await aStallingProxy(sshd.port);
 *     proxy.stall();             // nothing passes, nothing is closed: a half-open connection
 *     proxy.resume();            // what was held passes
 *     proxy.throttle(50_000);    // bytes per second, each direction of each connection; null: as fast as it goes
 *     proxy.cut();               // all connections are reset; new ones are accepted
 *     await proxy.close();
 */
export interface StallingProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Connections that are open now. */
  readonly open: number;
  stall(): void;
  resume(): void;
  throttle(bytesPerSecond: number | null): void;
  cut(): void;
  close(): Promise<void>;
}

export async function aStallingProxy(targetPort: number): Promise<StallingProxy> {
  const gate = new Gate();
  const pairs = new Set<readonly [Socket, Socket]>();
  let accepted = 0;
  // Half-closed connections stay half-closed; while it stalls not even an end passes.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    accepted += 1;
    const far = connect({ host: '127.0.0.1', port: targetPort, allowHalfOpen: true, noDelay: true });
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => pairs.delete(pair));
    }
    void forward(near, far, gate);
    void forward(far, near, gate);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');
  const cut = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    host: '127.0.0.1',
    port: address.port,
    get accepted() {
      return accepted;
    },
    get open() {
      return pairs.size;
    },
    stall: () => gate.shut(),
    resume: () => gate.open(),
    throttle: (bytesPerSecond) => (gate.bytesPerSecond = bytesPerSecond),
    cut,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      gate.open();
      cut();
      await closed;
    },
  };
}

const SLOW_STEP_BYTES = 4_096;

/** What passes through it waits while it is shut, and for its share of the line. */
class Gate {
  bytesPerSecond: number | null = null;
  #opened: Promise<void> = Promise.resolve();
  #open = () => {};

  shut(): void {
    this.open();
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#open();
  }

  async pass(bytes: number): Promise<void> {
    await this.#opened;
    if (this.bytesPerSecond !== null) await pause((bytes / this.bytesPerSecond) * 1_000);
    await this.#opened;
  }
}

async function forward(from: Socket, to: Socket, gate: Gate): Promise<void> {
  try {
    for await (const piece of from as AsyncIterable<Buffer>) {
      // A slow line is slow evenly, not in bursts.
      const step = gate.bytesPerSecond === null ? piece.length : SLOW_STEP_BYTES;
      for (let at = 0; at < piece.length; at += step) {
        const part = piece.subarray(at, at + step);
        await gate.pass(part.length);
        if (!to.write(part)) await once(to, 'drain');
      }
    }
    await gate.pass(0);
    to.end();
  } catch {
    // One side broke: the other learns it once anything may pass.
    await gate.pass(0);
    to.destroy();
  }
}
