import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRecord } from '../../../src-main/alerts/alert-journal.ts';
import { PackingTarget } from '../../../src-main/store/pack-batch.ts';
import type { PackedBatch } from '../../../src-main/store/packed-batch.ts';
import { bytesFromBlock } from '../../../src-main/store/alert-blocks.ts';
import { storableEvent, type StorableEvent } from '../../../src-main/store/storable-event.ts';
import { BatchUnpacker, type PackedPlace } from '../../../src-main/store/unpack-batch.ts';
import type { FimEvent } from '../../../src-shared/domain/alert.ts';
import { aFimEvent, aLookupFailure, aManagerVerdict, someFacts } from '../../builders/alerts.ts';
import { NOW_MS } from '../../builders/committing.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

type Told = { readonly event: StorableEvent; readonly raw: string } | { readonly other: string };

const records = (alerts: readonly AlertRecord['alert'][]): AlertRecord[] =>
  alerts.map((alert, at) => ({ alert, offset: at, raw: Buffer.from(`{"n":${at}}`) }));

/** Packs each list as one batch and sends it as a thread would. */
function packed(batches: readonly (readonly AlertRecord[])[]): PackedBatch[] {
  const sent: PackedBatch[] = [];
  const target = new PackingTarget(new ManualClock(NOW_MS), (batch) => sent.push(structuredClone(batch)));
  let offset = 0;
  for (const batch of batches) {
    const open = target.begin('json', offset);
    offset += 100;
    for (const { alert, raw } of batch) target.reading.taker?.record(alert, raw);
    open.add({ alerts: batch.length, records: [], malformed: [], endOffset: offset, lastAlertId: null });
    open.commit([]);
  }
  return sent;
}

function crossing(batches: readonly (readonly AlertRecord[])[]) {
  const sent = packed(batches);
  const unpacker = new BatchUnpacker();
  return { sent, told: sent.map((batch) => unpacked(batch, unpacker)) };
}

function unpacked(batch: PackedBatch, unpacker: BatchUnpacker): Told[] {
  const told: Told[] = [];
  const rawAt = ({ block, offset, length }: PackedPlace): string =>
    Buffer.from(bytesFromBlock(batch.blocks[block] ?? Buffer.alloc(0), offset, length)).toString();
  unpacker.unpack(batch, {
    event: ({ memos: _memos, ...event }, place) => told.push({ event, raw: rawAt(place) }),
    other: ({ kind }) => told.push({ other: kind }),
  });
  return told;
}

const expected = (batch: readonly AlertRecord[]): Told[] =>
  batch.map(({ alert, raw }) =>
    alert.kind === 'fim'
      ? { event: onlyStored(storableEvent(alert, NOW_MS)), raw: Buffer.from(raw).toString() }
      : { other: alert.kind },
  );

/** An agent's address is not stored. */
function onlyStored({ agent: { id, name }, ...event }: StorableEvent): StorableEvent {
  return { ...event, agent: { id, name } };
}

const HOSTILE_TEXTS = ['', '\0', '\ud800', '\udfff\ud800', '__proto__', "'; DROP TABLE event; --", '\u202e'];

const anyText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));
const anyHex = (length: number) => fc.option(fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)));
const anyEvent: fc.Arbitrary<FimEvent> = fc
  .record({
    path: anyText,
    pathBytes: fc.option(fc.uint8Array({ maxLength: 20 })),
    agent: fc.record({ id: fc.option(anyText), name: anyText, ip: fc.constant(null) }),
    change: fc.constantFrom('added', 'modified', 'deleted', 'readded'),
    subject: fc.constantFrom('file', 'registry-key', 'registry-value'),
    timeMs: fc.oneof(fc.constantFrom(-1, Number.NaN, 1e300), fc.nat()),
    alertId: fc.constantFrom('1.2', '9007199254740991.9007199254740991', '99999999999999999999.1', 'x'),
    sizeBytes: fc.option(fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER))),
    hashes: fc.record({ sha256: anyHex(64), sha1: anyHex(40), md5: anyHex(32) }),
    userName: fc.option(anyText),
    processName: fc.option(anyText),
  })
  .map(({ hashes, sizeBytes, userName, processName, ...changes }) =>
    aFimEvent({
      ...changes,
      after: someFacts(hashes, { sizeBytes }),
      actor: { userName, processName, loginName: null, processId: null, parentProcessName: null },
    }),
  );

test('whatever an event holds arrives as it was sent, in its place', () => {
  const anyAlert = fc.oneof(
    { weight: 5, arbitrary: anyEvent },
    fc.constantFrom(aManagerVerdict(), aLookupFailure()),
  );
  fc.assert(
    fc.property(fc.array(fc.array(anyAlert, { maxLength: 12 }), { maxLength: 4 }), (alerts) => {
      const batches = alerts.map(records);
      expect(crossing(batches).told).toEqual(batches.map(expected));
    }),
  );
});

test('a path that was sent is not sent again', () => {
  const again = records([aFimEvent({ path: '/etc/passwd' }), aFimEvent({ path: '/etc/passwd' })]);
  const { sent } = crossing([again, again]);
  expect(sent[0]?.values.paths).toEqual(['/etc/passwd']);
  expect(sent[1]?.values.paths).toEqual([]);
});

test('the numbering begins anew when there are too many values, and nothing is mixed up', () => {
  const batches = Array.from({ length: 4 }, (_, batch) =>
    records(Array.from({ length: 12_000 }, (_, at) => aFimEvent({ path: `/files/${batch}/${at}` }))),
  );
  const sent = packed(batches);
  const unpacker = new BatchUnpacker();
  const paths: string[] = [];
  for (const batch of sent) {
    unpacker.unpack(batch, { event: ({ path }) => paths.push(path), other: () => undefined });
  }
  expect(sent.map(({ startsAnew }) => startsAnew)).toEqual([false, false, true, false]);
  expect(paths).toEqual(batches.flatMap((batch) => batch.map(({ alert }) => 'path' in alert && alert.path)));
});

test('source bytes that fill several blocks are found in theirs', () => {
  const long = aFimEvent();
  const batch = Array.from({ length: 40 }, (_, at) => ({
    alert: long,
    offset: at,
    raw: Buffer.from(`${at}`.padStart(30_000, '.')),
  }));
  const { sent, told } = crossing([batch]);
  expect(sent[0]?.blocks.length).toBeGreaterThan(3);
  expect(told).toEqual([expected(batch)]);
});
