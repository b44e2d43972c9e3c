import { existsSync } from 'node:fs';
import { storePath } from '../../store/connection.ts';
import { DirectReader } from '../../store/reader.ts';
import type { CommandContext } from '../context.ts';

/** The store beside whoever writes to it; null (with a remark) when nothing was ever read into this data folder. */
export function openForReading({ dataFolder, terminal }: CommandContext): DirectReader | null {
  if (existsSync(storePath(dataFolder))) return new DirectReader(dataFolder);
  terminal.note('Nothing has been read into this data folder yet: begin with verdict-desk ingest FILE.');
  return null;
}
