import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { JsonReader } from './json-reader.ts';
import { LogReader } from './log-reader.ts';
import type { RecordReader } from './record-reader.ts';

/** A reader whose first byte is that of `startOffset` in its file. */
export function createRecordReader(format: AlertFormat, startOffset: number): RecordReader {
  return format === 'json' ? new JsonReader(startOffset) : new LogReader(startOffset);
}
