import { RPCLink } from '@orpc/client/websocket';
import type { Transport, TransportEvents } from './transport.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before try number `attempt` (from 0): doubled each time, with up to 30 % of chance added. */
export function waitBeforeTry(attempt: number, chance: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (1 + 0.3 * chance);
}

/** The browser face: a WebSocket to the server that served the page; its cookie is the permission. */
export class WebSocketTransport implements Transport {
  readonly #address: string;
  #events: TransportEvents | null = null;
  #attempt = 0;
  #timer: number | undefined;
  #isDialling = false;

  constructor(address: string) {
    this.#address = address;
  }

  readonly start = (events: TransportEvents): void => {
    this.#events = events;
    // A laptop that wakes up, or a cable that is plugged in, is worth a try before the wait is over.
    window.addEventListener('online', this.retryNow);
    this.#dial();
  };

  readonly retryNow = (): void => {
    if (this.#timer === undefined || this.#isDialling) return;
    this.#attempt = 0;
    this.#dial();
  };

  #dial(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDialling = true;
    const socket = new WebSocket(this.#address);
    const link = new RPCLink({ websocket: socket });
    socket.addEventListener('open', () => {
      this.#isDialling = false;
      this.#attempt = 0;
      this.#events?.opened(link);
    });
    socket.addEventListener('close', () => {
      this.#isDialling = false;
      this.#waitAndDial();
    });
  }

  #waitAndDial(): void {
    const wait = waitBeforeTry(this.#attempt, Math.random());
    this.#attempt += 1;
    this.#timer = window.setTimeout(() => this.#dial(), wait);
    this.#events?.lost(Date.now() + wait);
  }
}
