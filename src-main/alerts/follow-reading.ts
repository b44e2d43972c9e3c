import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { AlertFileHost } from './alert-file-host.ts';
import type { ReadingLoss } from './alert-journal.ts';
import type { ChainFile } from './archive-chain.ts';
import { GzipAlertFile } from './archive-gzip.ts';
import { rememberOlder, type OlderFiles } from './archive-find.ts';
import { createMarkingReader } from './create-record-reader.ts';
import { detectFormat } from './detect-format.ts';
import { PlainAlertFile, type AlertFile } from './follow-file.ts';
import { DEFAULT_CHUNK_BYTES, type FollowOptions } from './follow-options.ts';
import { beginsAs, isSameFile, type HeadMark } from './position-head.ts';
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
  /** The rest of an archive that cannot be read: told when it is left. */
  damage: ReadingLoss | null;
}

/** Where to start reading. */
export interface Start {
  readonly file: ChainFile;
  readonly offset: number;
  readonly alertId: string | null;
  /** What the file must begin with; absent when it is read from its beginning. */
  readonly head?: HeadMark;
}

/** Null when the name was given to another file since the chain was listed: list it again. Rejects as opening does. */
export async function openReading(
  { host, chunkBytes = DEFAULT_CHUNK_BYTES }: Pick<FollowOptions, 'host' | 'chunkBytes'>,
  start: Start,
  chain: readonly ChainFile[],
): Promise<Reading | null> {
  const file = await openAlertFile(host, start.file, { offset: start.offset, chunkBytes });
  try {
    if (await isAsListed(host, start, file)) {
      const older = rememberOlder(chain.slice(0, chain.indexOf(start.file)));
      return beginReading(file, { name: start.file.name, older }, start);
    }
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return null;
}

export function openAlertFile(
  host: AlertFileHost,
  { path, isCompressed }: ChainFile,
  { offset, chunkBytes }: { readonly offset: number; readonly chunkBytes: number },
): Promise<GzipAlertFile | PlainAlertFile> {
  return (isCompressed ? GzipAlertFile : PlainAlertFile).open(host, { path, offset, chunkBytes });
}

/** Whether the name still stood for the listed file when it was opened. */
async function isAsListed(
  host: AlertFileHost,
  { file: listed, head }: Start,
  file: GzipAlertFile | PlainAlertFile,
): Promise<boolean> {
  if (head && !beginsAs(head, file.head)) return false;
  if (file.inode === null) {
    // An open file cannot tell its identity over SFTP; its name may, unless it has changed hands.
    const named = await host.stat(listed.path);
    if (named) file.identify(named);
  }
  if (listed.inode !== null) return isSameFile(file, listed);
  return file.sizeBytes >= listed.sizeBytes;
}

/** The same open file, to be read from its beginning: it was cut back. */
export async function restartReading(reading: Reading, file: PlainAlertFile): Promise<Reading> {
  await file.restart();
  return beginReading(file, reading, { offset: 0, alertId: reading.alertId });
}

/** The reader of this file, made when the first bytes are there. A name's ending decides what the bytes leave open. */
export function readerOf(reading: Reading, format: AlertFormat | 'auto'): RecordReader {
  reading.reader ??= createMarkingReader(resolveFormat(reading.file, format), reading.endOffset);
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
    damage: null,
  };
}
