import { readFileSync } from 'node:fs';
import { createRecordReader } from '../../src-main/alerts/create-record-reader.ts';
import type { AlertRecord, MalformedRecord } from '../../src-main/alerts/alert-journal.ts';
import type { Alert, AlertFormat } from '../../src-shared/domain/alert.ts';

export interface ReadAlerts {
  readonly alerts: number;
  readonly records: readonly AlertRecord[];
  readonly malformed: readonly MalformedRecord[];
  readonly endOffset: number;
}

/** Reads a whole file's bytes with a new reader, in pieces that end at `cuts`. */
export function readAlerts(
  format: AlertFormat,
  content: string | Uint8Array,
  { cuts = [], startOffset = 0 }: { cuts?: readonly number[]; startOffset?: number } = {},
): ReadAlerts {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const reader = createRecordReader(format, startOffset);
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted((a, b) => a - b);
  const parts = ends.map((end, index) => reader.push(bytes.slice(ends[index - 1] ?? 0, end)));
  const all = [...parts, reader.end()];
  return {
    alerts: all.reduce((sum, part) => sum + part.alerts, 0),
    records: all.flatMap((part) => part.records),
    malformed: all.flatMap((part) => part.malformed),
    endOffset: all.at(-1)?.endOffset ?? startOffset,
  };
}

/** A file of test/fixtures. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

export function ofKind<K extends Alert['kind']>(
  read: ReadAlerts,
  kind: K,
): readonly Extract<Alert, { kind: K }>[] {
  return read.records.map((record): Alert => record.alert).filter((alert) => isKind(alert, kind));
}

function isKind<K extends Alert['kind']>(alert: Alert, kind: K): alert is Extract<Alert, { kind: K }> {
  return alert.kind === kind;
}
