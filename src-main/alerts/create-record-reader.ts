import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { JsonReader } from './json-reader.ts';
import { LogReader } from './log-reader.ts';
import { MarkedJsonReader } from './marked-json-reader.ts';
import type { ReaderOptions, RecordReader } from './record-reader.ts';

/** A reader whose first byte is that of `startOffset` in its file. */
export function createRecordReader(
  format: AlertFormat,
  startOffset: number,
  options: ReaderOptions = {},
): RecordReader {
  return format === 'json'
    ? new JsonReader(startOffset, options)
    : new LogReader(startOffset, false, options.taker);
}

/** One that also tells the places of alerts: of all in the text form, else of the first, the newest and those of interest. */
export function createMarkingReader(format: AlertFormat, startOffset: number): RecordReader {
  return format === 'json' ? new MarkedJsonReader(startOffset) : new LogReader(startOffset, true);
}
