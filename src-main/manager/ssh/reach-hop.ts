import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Clock } from '../../app/clock.ts';
import { gatherWrites } from './gather-writes.ts';
import { forwardFailure, reachFailure, timedOut } from './reach-failures.ts';
import { cancelled, type HopAt } from './ssh-failure.ts';

export interface ReachOptions {
  readonly clock: Clock;
  readonly connectMs: number;
  readonly signal: AbortSignal;
}

/** A TCP connection to the first machine of the way. */
export function dial(at: HopAt, options: ReachOptions): Promise<Duplex> {
  const socket = connect({ host: at.hop.host, port: at.hop.port, noDelay: true });
  return settled(at, options, (resolve, reject) => {
    socket.once('connect', () => {
      gatherWrites(socket);
      resolve(socket);
    });
    // Stays: a socket that fails later, before anybody listens, must not end the process.
    socket.on('error', (error) => reject(reachFailure(at, error)));
    return () => socket.destroy();
  });
}

/** A connection to the next machine, made by the one before. */
export function forward(
  jump: { readonly client: Client; readonly at: HopAt },
  at: HopAt,
  options: ReachOptions,
): Promise<Duplex> {
  return settled(at, options, (resolve, reject) => {
    try {
      jump.client.forwardOut('127.0.0.1', 0, at.hop.host, at.hop.port, (error, channel) => {
        if (error) return reject(forwardFailure(jump.at, at, error));
        channel.on('error', () => {});
        resolve(channel);
      });
    } catch (error) {
      reject(forwardFailure(jump.at, at, error));
    }
    return () => {};
  });
}

type Begin = (resolve: (stream: Duplex) => void, reject: (reason: Error) => void) => () => void;

/** With its time limit, and given up when the signal says so. */
async function settled(at: HopAt, { clock, connectMs, signal }: ReachOptions, begin: Begin): Promise<Duplex> {
  const stream = Promise.withResolvers<Duplex>();
  const giveUp = begin(stream.resolve, stream.reject);
  const waiting = new AbortController();
  const limit = AbortSignal.any([signal, waiting.signal]);
  const over = clock.wait(connectMs, limit).then((): null => null);
  try {
    const reached = await Promise.race([stream.promise, over]);
    if (reached) return reached;
  } finally {
    waiting.abort();
  }
  giveUp();
  void dropLate(stream.promise);
  throw signal.aborted ? cancelled() : timedOut(at);
}

/** It may still come, and nobody wants it any more. */
async function dropLate(stream: Promise<Duplex>): Promise<void> {
  try {
    (await stream).destroy();
  } catch {
    // It came to nothing by itself.
  }
}
