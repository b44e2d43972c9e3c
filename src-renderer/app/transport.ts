import type { ClientContext, ClientLink } from '@orpc/client';

/** One live link to the core. It ends with its socket or port and is never used again. */
export type Link = ClientLink<ClientContext>;

export interface TransportEvents {
  /** A new link; the one before it is gone. */
  readonly opened: (link: Link) => void;
  /** No link now. `retryAt` in epoch milliseconds, null when the other side has to come back by itself. */
  readonly lost: (retryAt: number | null) => void;
}

/** How the window reaches the core: it dials a WebSocket, or is handed a port. */
export interface Transport {
  readonly start: (events: TransportEvents) => void;
  /** Tries at once instead of waiting; does nothing where there is nothing to try. */
  readonly retryNow: () => void;
}
