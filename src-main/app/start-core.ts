import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { fromWireError } from '../../src-shared/errors/domain-error.ts';
import { serveCipher } from './cipher-port.ts';
import type { CoreHost, StartCore } from './core-host.ts';
import type { CoreStart, FromCore, ToCore } from './core-worker.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Starts the core in a worker thread of its own, so that no face ever waits for a disk. */
export const startCore: StartCore = async (options, { cipher }) => {
  const cipherChannel = cipher ? new MessageChannel() : null;
  if (cipher && cipherChannel) serveCipher(cipherChannel.port1, cipher);
  const start: CoreStart = {
    options,
    cipher:
      cipher && cipherChannel
        ? { port: cipherChannel.port2, backendName: cipher.backendName, isClearText: cipher.isClearText }
        : null,
  };
  const worker = new Worker(new URL(`./core-worker${ENDING}`, import.meta.url), {
    name: 'verdict-desk core',
    workerData: start,
    transferList: cipherChannel ? [cipherChannel.port2] : [],
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      cipherChannel?.port1.close();
      resolve();
    });
  });
  const { failed, fail } = failure(worker);
  await ready(worker, failed);
  return {
    connect: () => connect(worker),
    close: async () => {
      worker.off('error', fail);
      worker.on('error', () => undefined);
      send(worker, { kind: 'close' });
      await ended;
    },
    failed,
  } satisfies CoreHost;
};

function connect(worker: Worker) {
  const channel = new MessageChannel();
  send(worker, { kind: 'connect', port: channel.port2 }, [channel.port2]);
  return channel.port1;
}

function failure(worker: Worker): { failed: Promise<Error>; fail: (error: Error) => void } {
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  worker.once('error', fail);
  worker.once('exit', (code) => fail(new Error(`The core ended with exit code ${code}.`)));
  return { failed, fail };
}

async function ready(worker: Worker, failed: Promise<Error>): Promise<void> {
  const started = new Promise<FromCore>((resolve) => worker.once('message', resolve));
  const first = await Promise.race([started, failed]);
  if (first instanceof Error) throw first;
  if (first.kind === 'refused') throw fromWireError(first.error);
}

function send(worker: Worker, message: ToCore, transfer: readonly MessagePort[] = []): void {
  worker.postMessage(message, transfer);
}
