import { RPCLink } from '@orpc/client/message-port';
import type { Transport, TransportEvents } from './transport.ts';

/** What the preload posts, with the port as the only thing transferred. */
export const PORT_MESSAGE = 'verdict-desk:port';

/**
 * The desktop window: the preload hands over a MessagePort to the core. It sends a new one when the core comes back,
 * so every port replaces the one before it.
 */
export class PortTransport implements Transport {
  #current: MessagePort | null = null;

  readonly start = (events: TransportEvents): void => {
    window.addEventListener('message', (event) => {
      const port = portOf(event);
      if (port) this.#take(port, events);
    });
  };

  /** Only the desktop shell can hand over another port. */
  readonly retryNow = (): void => {};

  #take(port: MessagePort, events: TransportEvents): void {
    this.#current?.close();
    this.#current = port;
    port.addEventListener('close', () => {
      if (this.#current === port) events.lost(null);
    });
    const link = new RPCLink({ port });
    port.start();
    events.opened(link);
  }
}

/** Only our own preload posts from this very window. */
function portOf(event: MessageEvent<unknown>): MessagePort | null {
  if (event.source !== window || event.data !== PORT_MESSAGE) return null;
  return event.ports[0] ?? null;
}
