import type { MessagePort } from 'node:worker_threads';
import type { Cipher } from '../secrets/cipher.ts';

export interface CoreOptions {
  readonly dataFolder: string;
  readonly face: 'desktop' | 'browser';
  /** Runs the built-in lab and works on it only. */
  readonly lab: LabChoice | null;
  /** The proxy that the desktop uses for VirusTotal, `http://host:port`; left out where only the environment tells. */
  readonly systemProxy?: string | null;
}
export interface LabChoice {
  readonly seed: number;
  /** Simulated seconds a real second. */
  readonly speed: number;
}

/** The core in its worker thread, as a face sees it. */
export interface CoreHost {
  /** A new connection to the contract (oRPC over a message port). Closing the port ends the connection. */
  connect(): MessagePort;
  /** Ends following, queue and store in order; resolves when the worker is gone. */
  close(): Promise<void>;
  /** Resolves with the reason when the core ended by itself. */
  readonly failed: Promise<Error>;
}

/** Starts the core; rejects with a DomainError when it cannot (another writer, a newer schema). */
export type StartCore = (
  options: CoreOptions,
  ports: { readonly cipher: Cipher | null },
) => Promise<CoreHost>;
