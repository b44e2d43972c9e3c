import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toWireError, type WireError } from '../../src-shared/errors/domain-error.ts';
import { type CipherFacts, remoteCipher } from './cipher-port.ts';
import { composeCore } from './compose.ts';
import type { CoreOptions } from './core-host.ts';
import { serveContract } from './serve-contract.ts';

/** The core's thread. It owns the store's only writer; faces reach it through ports that speak the contract. */
export interface CoreStart {
  readonly options: CoreOptions;
  readonly cipher: (CipherFacts & { readonly port: MessagePort }) | null;
}
export type ToCore = { readonly kind: 'connect'; readonly port: MessagePort } | { readonly kind: 'close' };
export type FromCore = { readonly kind: 'ready' } | { readonly kind: 'refused'; readonly error: WireError };

/** How long the thread may take to end by itself. */
const LAST_BREATH_MS = 3_000;

async function run(start: CoreStart): Promise<void> {
  const parent = parentPort;
  if (!parent) throw new Error('The core runs as a worker thread only.');
  const tell = (message: FromCore) => parent.postMessage(message, []);
  const cipher = start.cipher ? remoteCipher(start.cipher.port, start.cipher) : null;
  const core = await composeCore(start.options, { cipher }).catch((error: unknown) => {
    tell({ kind: 'refused', error: toWireError(error, 'the start') });
    return null;
  });
  if (!core) return parent.close();
  // A mistake in answering one window must not end following and asking for all.
  process.on('unhandledRejection', (error) => core.log.error('core.unhandled', { error }));
  const ports = new Set<MessagePort>();
  parent.on('message', (message: ToCore) => {
    if (message.kind === 'connect') {
      ports.add(message.port);
      message.port.once('close', () => ports.delete(message.port));
      return serveContract(message.port, core);
    }
    for (const port of ports) port.close();
    void core.close().finally(() => {
      parent.close();
      endAnyway();
    });
  });
  tell({ kind: 'ready' });
}

/** Everything is closed and stored: something that was left open by mistake must not keep the application. */
function endAnyway(): void {
  setTimeout(() => {
    try {
      // The log is closed by now, and a thread's own console ends with it.
      writeSync(
        2,
        `Ended although something was left open: ${process.getActiveResourcesInfo().join(', ')}\n`,
      );
    } catch {
      // A desktop without a console.
    }
    process.exit();
  }, LAST_BREATH_MS).unref();
}

const start: CoreStart = workerData;
await run(start);
