import { workerData } from 'node:worker_threads';
import { toWireError } from '../../src-shared/errors/domain-error.ts';
import { importInto } from '../alerts/import-alerts.ts';
import { PackingTarget } from '../store/pack-batch.ts';
import type { PackedBatch } from '../store/packed-batch.ts';
import { systemClock } from './clock.ts';
import type { FromReading, ReadingStart, ToReading } from './reading-thread.ts';
import { Turnstile } from './turnstile.ts';

/** The thread that reads, decodes, compresses and packs alert files for the one that writes. One file at a time. */
const { port, passes }: ReadingStart = workerData;
const turnstile = new Turnstile(passes);
let controller = new AbortController();

port.on('message', (message: ToReading) => {
  if (message.kind === 'stop') controller.abort();
  else void read(message);
});

async function read({ path, format }: Extract<ToReading, { kind: 'read' }>): Promise<void> {
  controller = new AbortController();
  try {
    await importInto(new PackingTarget(systemClock, handOver), {
      input: { path },
      format,
      clock: systemClock,
      signal: controller.signal,
      onProgress: ({ bytesRead, bytesTotal }) => tell({ kind: 'progress', bytesRead, bytesTotal }),
    });
    tell({ kind: 'end' });
  } catch (error) {
    tell({ kind: 'failed', error: toWireError(error, 'the reading thread') });
  }
}

/** Waits while the other thread has enough to do. */
function handOver(batch: PackedBatch): void {
  turnstile.enter();
  tell({ kind: 'batch', batch }, [batch.columns, ...batch.blocks.map(({ buffer }) => buffer)]);
}

/** `moved` goes to the other thread instead of being copied. */
function tell(message: FromReading, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, moved);
}
