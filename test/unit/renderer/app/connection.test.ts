import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../../src-renderer/app/connection.ts';
import { CONNECTION_LOST } from '../../../../src-renderer/app/failure.ts';
import type { Link, Transport, TransportEvents } from '../../../../src-renderer/app/transport.ts';

/** A transport that the test opens and cuts. */
class ManualTransport implements Transport {
  events: TransportEvents | null = null;
  tries = 0;
  readonly start = (events: TransportEvents) => {
    this.events = events;
  };
  readonly retryNow = () => {
    this.tries += 1;
  };
}

const linkThat = (answer: () => Promise<unknown>): Link => ({ call: answer });
const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
const call = (connection: Connection) => connection.call(['status', 'get'], undefined, { context: {} });

describe('the connection of the window', () => {
  it('lets calls wait for the first link', async () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    const answer = call(connection);
    transport.events?.opened(linkThat(() => Promise.resolve(7)));
    expect(await answer).toBe(7);
  });

  it('refuses calls at once while the link is away, with a remedy', async () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    transport.events?.opened(linkThat(() => Promise.resolve(7)));
    transport.events?.lost(null);
    await expect(call(connection)).rejects.toMatchObject({
      code: CONNECTION_LOST,
      remedy: expect.stringContaining('reconnects'),
    });
  });

  it('fails what was under way when the link went', async () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    const called = Promise.withResolvers<void>();
    const pending = Promise.withResolvers<unknown>();
    transport.events?.opened(
      linkThat(() => {
        called.resolve();
        return pending.promise;
      }),
    );
    const answer = call(connection);
    await called.promise;
    transport.events?.lost(null);
    pending.reject(new Error('peer closed'));
    await expect(answer).rejects.toMatchObject({ code: CONNECTION_LOST });
  });

  it('fails a stream that was open when the link went', async () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    const cut = Promise.withResolvers<never>();
    async function* items() {
      yield 1;
      await cut.promise;
    }
    transport.events?.opened(linkThat(() => Promise.resolve(items())));
    const stream = await call(connection);
    if (!isStream(stream)) throw new Error('The answer is no stream.');
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const item of stream) {
        seen.push(item);
        transport.events?.lost(null);
        cut.reject(new Error('peer closed'));
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: CONNECTION_LOST });
    expect(seen).toEqual([1]);
  });

  it('gives a failure of the core its message and remedy, and hides anything else', async () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    const wire = { code: 'store.full', message: 'The disk is full.', remedy: 'Free some space.' };
    transport.events?.opened(linkThat(() => Promise.reject(new ORPCError('DOMAIN', { data: wire }))));
    await expect(call(connection)).rejects.toMatchObject(wire);
    transport.events?.opened(linkThat(() => Promise.reject(new Error('SQLITE_IOERR at /home/x'))));
    await expect(call(connection)).rejects.toMatchObject({
      code: 'unexpected',
      message: 'Something unexpected happened.',
    });
  });

  it('counts its links, so that what was asked before is asked again', () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    const seen: string[] = [];
    connection.subscribe(() => seen.push(JSON.stringify(connection.read())));
    transport.events?.opened(linkThat(() => Promise.resolve()));
    transport.events?.opened(linkThat(() => Promise.resolve()));
    expect(seen).toEqual(['{"kind":"open","session":1}', '{"kind":"open","session":2}']);
  });

  it('keeps the time it was lost over failed tries, and passes a wish to try on', () => {
    const transport = new ManualTransport();
    const connection = new Connection(transport);
    transport.events?.lost(1000);
    const first = connection.read();
    transport.events?.lost(2000);
    expect(connection.read()).toEqual({ ...first, retryAt: 2000 });
    connection.retryNow();
    expect(transport.tries).toBe(1);
  });
});
