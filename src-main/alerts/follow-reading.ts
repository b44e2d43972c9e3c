import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { ChainFile } from './archive-chain.ts';
import { GzipAlertFile } from './archive-gzip.ts';
import { rememberOlder, type OlderFiles } from './archive-find.ts';
import { createRecordReader } from './create-record-reader.ts';
import { detectFormat } from './detect-format.ts';
import { PlainAlertFile, type AlertFile } from './follow-file.ts';
import { isSameFile } from './position-head.ts';
import type { RecordReader } from './record-reader.ts';

/** The file that is being read, what was understood of it, and since when it rests. */
export interface Reading {
  readonly file: AlertFile;
  readonly name: ChainFile['name'];
  /** The files that were older than this one when it was opened. */
  readonly older: OlderFiles;
  /** Null until the first bytes tell the format. */
  reader: RecordReader | null;
  /** The byte after the last whole record: what is committed, or about to be. */
  endOffset: number;
  alertId: string | null;
  /** Whether the live name pointed to this file at some time while it was open. */
  wasLive: boolean;
  /** Epoch ms since when the live name points elsewhere; null while it points here. */
  replacedAtMs: number | null;
  grewAtMs: number;
  isSettled: boolean;
  /** The loss of a damaged archive's rest is told once. */
  isDamaged: boolean;
}

/** Where to start reading. */
export interface Start {
  readonly file: ChainFile;
  readonly offset: number;
  readonly alertId: string | null;
}

/** Null when the name was given to another file since the chain was listed: list it again. Throws what open throws. */
export async function openReading(
  start: Start,
  chain: readonly ChainFile[],
  buffer: Buffer,
): Promise<Reading | null> {
  const { path, isCompressed } = start.file;
  const file = isCompressed
    ? await GzipAlertFile.open(path, start.offset)
    : new PlainAlertFile(path, start.offset, buffer);
  if (start.file.inode !== null && !isSameFile(file, start.file)) {
    file.close();
    return null;
  }
  const older = rememberOlder(chain.slice(0, chain.indexOf(start.file)));
  return beginReading(file, { name: start.file.name, older }, start);
}

/** The same open file, to be read from its beginning: it was cut back. */
export function restartReading(reading: Reading, file: PlainAlertFile): Reading {
  file.restart();
  return beginReading(file, reading, { offset: 0, alertId: reading.alertId });
}

/** The reader of this file, made when the first bytes are there. A name's ending decides what the bytes leave open. */
export function readerOf(reading: Reading, format: AlertFormat | 'auto'): RecordReader {
  reading.reader ??= createRecordReader(resolveFormat(reading.file, format), reading.endOffset);
  return reading.reader;
}

export function resolveFormat(file: AlertFile, format: AlertFormat | 'auto'): AlertFormat {
  if (format !== 'auto') return format;
  return detectFormat(file.head) ?? (/\.log\b/.test(file.path) ? 'log' : 'json');
}

function beginReading(
  file: AlertFile,
  place: Pick<Reading, 'name' | 'older'>,
  start: Pick<Start, 'offset' | 'alertId'>,
): Reading {
  return {
    file,
    name: place.name,
    older: place.older,
    reader: null,
    endOffset: start.offset,
    alertId: start.alertId,
    wasLive: false,
    replacedAtMs: null,
    grewAtMs: 0,
    isSettled: false,
    isDamaged: false,
  };
}
